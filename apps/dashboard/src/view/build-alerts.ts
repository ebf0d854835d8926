import { parseEventTime } from '@ad-analytics/event-schemas';
import type { Feeds } from '../feeds/feeds';
import type { TimeRange } from '../results/results-reader';
import type { AlertsView, IncidentView } from './view';

const INCIDENTS = 50;
const SEVERITY_RANK = { low: 0, medium: 1, high: 2 } as const;

/**
 * Sliding windows report an actor repeatedly, so the alerts of one actor and one rule become one incident.
 * @param feeds of results
 * @param range of the ends of the alerts' windows
 */
export function buildAlerts(feeds: Feeds, range: TimeRange): AlertsView {
  const bySeverity = { low: 0, medium: 0, high: 0 };
  const incidents = new Map<string, IncidentView>();
  for (const { summary } of feeds.alerts.between(range)) {
    for (const [severity, alerts] of Object.entries(summary.bySeverity))
      bySeverity[severity as keyof typeof bySeverity] += alerts;
    for (const alert of summary.alerts) {
      const key = JSON.stringify([alert.rule, alert.actor_type, alert.actor_id]);
      const before = incidents.get(key);
      const windowEnd = parseEventTime(alert.window_end);
      const newest = before !== undefined && before.windowEnd > windowEnd;
      const { observed, threshold, windowStart } = newest
        ? before
        : { ...alert, windowStart: parseEventTime(alert.window_start) };
      incidents.set(key, {
        rule: alert.rule,
        actorType: alert.actor_type,
        actorId: alert.actor_id,
        severity:
          before && SEVERITY_RANK[before.severity] > SEVERITY_RANK[alert.severity] ? before.severity : alert.severity,
        observed,
        threshold,
        windowStart,
        windowEnd: Math.max(windowEnd, before?.windowEnd ?? 0),
        since: Math.min(windowEnd, before?.since ?? Infinity),
        windows: (before?.windows ?? 0) + 1,
      });
    }
  }
  // Sorted by their start, so that a continuing incident keeps its place and a new one is noticed.
  const newestFirst = [...incidents.values()].sort(
    (a, b) => b.since - a.since || SEVERITY_RANK[b.severity] - SEVERITY_RANK[a.severity],
  );
  return {
    alerts: bySeverity.low + bySeverity.medium + bySeverity.high,
    incidentCount: incidents.size,
    bySeverity,
    incidents: newestFirst.slice(0, INCIDENTS),
  };
}
