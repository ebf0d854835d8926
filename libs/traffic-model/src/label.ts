/** Invalid traffic, by the usual names. */
export const ATTACKS = [
  'naive_bot',
  'jittered_bot',
  'click_replay',
  'click_farm',
  'rotating_addresses',
  'crawler',
  'publisher_self_click',
] as const;
export type Attack = (typeof ATTACKS)[number];

/** Hard negatives: valid traffic that looks like an attack. */
export const HARD_NEGATIVES = ['office_nat', 'carrier_nat', 'double_clicker', 'flash_sale'] as const;
export type HardNegative = (typeof HARD_NEGATIVES)[number];

/** Anomalies of the transport, independent of the actor. */
export type Anomaly = 'none' | 'late' | 'out_of_order' | 'duplicate' | 'malformed' | 'orphan';

/** Ways in which a record can violate the contract. */
export const MALFORMED_KINDS = ['not_json', 'missing_field', 'wrong_type', 'unparsable_time', 'future_time'] as const;
export type MalformedKind = (typeof MALFORMED_KINDS)[number];

/** The cause of an event: an attack, a hard negative, or neither. */
export interface Cause {
  readonly attack: Attack | null;
  readonly hardNegative: HardNegative | null;
  /** Name of the actor, unique in a run; null for ordinary visitors. */
  readonly actor: string | null;
}

/** Ordinary traffic. */
export const ORDINARY: Cause = { attack: null, hardNegative: null, actor: null };

/** The ground truth about one record: a line of the labels file. It is never sent to a stream. */
export interface Label {
  readonly event_id: string;
  readonly event_kind: 'impression' | 'click';
  readonly event_time: string;
  /** When it is sent, milliseconds since the start of the run. */
  readonly arrival_ms: number;
  readonly attack: Attack | null;
  readonly hard_negative: HardNegative | null;
  readonly actor: string | null;
  readonly anomaly: Anomaly;
  readonly malformed_kind: MalformedKind | null;
  /** The impression id of a click, whether it exists or not; null for an impression. */
  readonly clicked_impression_id: string | null;
  /** Fields of the event, so that findings about an ip, a user, a publisher or a known bot can be evaluated without the event. */
  readonly user_id: string;
  readonly ip: string;
  readonly publisher_id: string;
  readonly user_agent: string | null;
}
