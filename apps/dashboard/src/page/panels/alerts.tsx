import type { Severity } from '@ad-analytics/event-schemas';
import { useState } from 'preact/hooks';
import type { AlertsView, IncidentView, ShownFilter } from '../../view/view';
import { formatAge, formatCount, formatDateTime, formatTime } from '../format';
import { OutsideText } from '../outside-text';
import { Nothing, Panel } from '../panel';
import { evidenceOf, ruleName } from '../rules';

const ACTORS = { ip: 'Address', user: 'User', publisher: 'Publisher', impression: 'Impression' } as const;
const LEVELS: readonly Severity[] = ['high', 'medium', 'low'];

function Incident({ incident, now }: { readonly incident: IncidentView; readonly now: number | undefined }) {
  return (
    <li class={`incident severity-${incident.severity}`}>
      <div class="incident-head">
        <span class="severity">{incident.severity}</span>
        <strong>{ruleName(incident)}</strong>
        <time dateTime={new Date(incident.windowEnd).toISOString()} title={formatTime(incident.windowEnd)}>
          {now === undefined ? formatDateTime(incident.windowEnd) : `${formatAge(now - incident.windowEnd)} ago`}
        </time>
      </div>
      <p class="incident-actor">
        {ACTORS[incident.actorType]} <OutsideText text={incident.actorId} mono />
      </p>
      <p class="incident-evidence">{evidenceOf(incident)}</p>
      <p class="incident-window">
        Window {formatTime(incident.windowStart)} – {formatTime(incident.windowEnd)}
        {incident.windows > 1 ? `, ${formatCount(incident.windows)} windows since ${formatTime(incident.since)}` : ''}
      </p>
    </li>
  );
}

interface AlertsProps {
  readonly alerts: AlertsView;
  readonly filter: ShownFilter;
  /** Undefined in a report, which shows times instead of ages, and the most severe alerts first. */
  readonly now?: number;
}

/** Fraud alerts with their evidence, newest first. */
export function AlertsPanel({ alerts, filter, now }: AlertsProps) {
  const [level, setLevel] = useState<Severity | undefined>(undefined);
  const shown = level === undefined ? alerts.incidents : alerts.incidents.filter(({ severity }) => severity === level);
  return (
    <Panel
      name="alerts"
      title="Fraud alerts"
      aside={
        <div class="tabs" role="group" aria-label="Severity">
          <button type="button" aria-pressed={level === undefined} onClick={() => setLevel(undefined)}>
            All
          </button>
          {LEVELS.map((one) => (
            <button key={one} type="button" aria-pressed={level === one} onClick={() => setLevel(one)}>
              {one.charAt(0).toUpperCase() + one.slice(1)}
            </button>
          ))}
        </div>
      }
      note={
        <>
          <span data-figure="incidents">{formatCount(alerts.incidentCount)}</span> incidents from{' '}
          <span data-figure="alerts">{formatCount(alerts.alerts)}</span> alerts: {formatCount(alerts.bySeverity.high)}{' '}
          high, {formatCount(alerts.bySeverity.medium)} medium, {formatCount(alerts.bySeverity.low)} low.
          {filter.campaign === undefined ? '' : ' Of all campaigns.'}
          {alerts.incidents.length < alerts.incidentCount
            ? ` The list leaves out ${formatCount(alerts.incidentCount - alerts.incidents.length)} incidents.`
            : ''}
        </>
      }
    >
      {shown.length === 0 ? (
        <Nothing>No alert {level === undefined ? '' : `of ${level} severity `}in this range.</Nothing>
      ) : (
        <div
          class="incidents-scroll"
          tabIndex={0}
          role="region"
          aria-label={`Fraud alerts, the ${now === undefined ? 'most severe' : 'newest'} first`}
        >
          <ul class="incidents">
            {shown.map((incident) => (
              <Incident
                key={`${incident.rule}|${incident.actorType}|${incident.actorId}`}
                incident={incident}
                now={now}
              />
            ))}
          </ul>
        </div>
      )}
    </Panel>
  );
}
