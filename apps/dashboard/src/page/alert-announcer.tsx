import { useEffect, useRef, useState } from 'preact/hooks';
import type { AlertsView, IncidentView } from '../view/view';

/**
 * Minimum time between announcements, in milliseconds: alerts can arrive every second, so they are announced together.
 */
const MIN_INTERVAL_MS = 15_000;

const nameOf = (incident: IncidentView) => `${incident.rule}|${incident.actorType}|${incident.actorId}`;

/** Announces the number of new alerts to screen readers, without those of the first view. */
export function AlertAnnouncer({ alerts }: { readonly alerts: AlertsView | undefined }) {
  const [text, setText] = useState('');
  const seen = useRef<ReadonlySet<string> | null>(null);
  const spokenAt = useRef(0);
  useEffect(() => {
    if (!alerts) return;
    const names = new Set(alerts.incidents.map(nameOf));
    if (seen.current === null) {
      seen.current = names;
      return;
    }
    const fresh = alerts.incidents.filter((incident) => !seen.current?.has(nameOf(incident)));
    if (fresh.length === 0 || Date.now() - spokenAt.current < MIN_INTERVAL_MS) return;
    const high = fresh.filter(({ severity }) => severity === 'high').length;
    setText(
      `${fresh.length} new fraud ${fresh.length === 1 ? 'alert' : 'alerts'}${high > 0 ? `, ${high} of high severity` : ''}.`,
    );
    seen.current = names;
    spokenAt.current = Date.now();
  }, [alerts]);
  return (
    <div class="visually-hidden" role="status">
      {text}
    </div>
  );
}
