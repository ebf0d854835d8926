import type { Source } from '@ad-analytics/event-schemas';
import type { Attack, Emission, HardNegative, Label } from '@ad-analytics/traffic-model';

/** An accepted event with its ground truth. */
export interface LabelledEvent {
  readonly id: string;
  readonly kind: Source;
  /** Event time, epoch milliseconds. */
  readonly time: number;
  readonly userId: string;
  readonly ip: string;
  readonly publisherId: string;
  readonly userAgent: string | null;
  readonly attack: Attack | null;
  readonly hardNegative: HardNegative | null;
  /** Name of the actor behind an attack or a hard negative, unique in its seed; null for ordinary visitors. */
  readonly actor: string | null;
}

/** Records that no rule uses: invalid, late and duplicate ones. */
const NOT_ACCEPTED: readonly Label['anomaly'][] = ['malformed', 'late', 'duplicate'];

/**
 * @param emissions of one seed
 * @returns the events that the pipeline accepts, in order of arrival; only these are evaluated
 */
export function acceptedEvents(emissions: Iterable<Pick<Emission, 'label'>>): LabelledEvent[] {
  const events: LabelledEvent[] = [];
  for (const { label } of emissions) {
    if (NOT_ACCEPTED.includes(label.anomaly)) continue;
    events.push({
      id: label.event_id,
      kind: label.event_kind,
      time: Date.parse(label.event_time),
      userId: label.user_id,
      ip: label.ip,
      publisherId: label.publisher_id,
      userAgent: label.user_agent,
      attack: label.attack,
      hardNegative: label.hard_negative,
      actor: label.actor,
    });
  }
  return events;
}
