import {
  exampleOf,
  formatEventTime,
  nullableFields,
  recordIdOf,
  resultRecordSchema,
  type RecordType,
  type ResultRecord,
} from '@ad-analytics/event-schemas';

const TIME = '2026-11-23T10:00:00.000Z';
const WINDOW_MS = 60_000;

type Payload = Record<string, unknown>;

/** Default fields of the cases. Nullable fields are null, and a type that is not listed has the fields of its example. */
const DEFAULTS: Readonly<Partial<Record<RecordType, Payload>>> = {
  attributed_click: {
    click_id: 'k1',
    impression_id: 'i1',
    user_id: 'u1',
    campaign_id: 'c1',
    ad_id: 'a1',
    publisher_id: 'p1',
    impression_time: TIME,
    click_time: TIME,
    time_to_click_ms: 0,
    invalid_reasons: [],
  },
  unattributed_click: {
    click_id: 'k1',
    impression_id: 'i1',
    user_id: 'u1',
    campaign_id: 'c1',
    ad_id: 'a1',
    publisher_id: 'p1',
    click_time: TIME,
  },
  campaign_metrics: {
    dimension: 'campaign',
    key: 'c1',
    window_start: TIME,
    impressions: 0,
    clicks: 0,
    cost_micros: 0,
    unique_users: 1,
  },
  attribution_metrics: {
    campaign_id: 'c1',
    window_start: TIME,
    impressions: 0,
    attributed_clicks: 0,
    valid_clicks: 0,
    cost_micros: 0,
  },
  fraud_alert: {
    rule: 'publisher_ctr_anomaly',
    actor_type: 'publisher',
    actor_id: 'p1',
    window_start: TIME,
    observed: 4,
    threshold: 3,
    severity: 'medium',
  },
  user_engagement: { user_id: 'u1', window_start: TIME, impressions: 1, clicks: 0, distinct_campaigns: 1, score: 1 },
  late_event: { source: 'impression', event_id: 'i1', event_time: TIME, lateness_ms: 6000 },
  rejected_event: { source: 'impression', reason: 'JSON: no value', raw: '', raw_length: 0 },
};

/** @returns the default fields of a type */
function defaultsOf(type: RecordType): Payload {
  const nulls = Object.fromEntries(nullableFields(type).map((field) => [field, null]));
  const { window_end: _, ...example } = (exampleOf(type) as unknown as Record<string, Payload>)[type] ?? {};
  return { ...nulls, ...(DEFAULTS[type] ?? example) };
}

/** A result in a case: the relevant fields under the name of its type, and the number of deliveries. */
export interface GivenResult {
  readonly [recordType: string]: Payload | string | number | undefined;
  /** For a late or rejected event: the end of its id, a sequence number. */
  readonly sequence?: string;
  /** For a rejected event: the arrival time. */
  readonly event_time?: string;
  readonly deliveries?: number;
}

/**
 * @param given result of a case
 * @returns the deliveries of the complete record in the format of the results stream
 * @throws {Error} when it is not a type of the contract, so that a case cannot test impossible data
 */
export function givenResults(given: GivenResult): ResultRecord[] {
  const { sequence = '1', event_time = TIME, deliveries = 1, ...rest } = given;
  const [[type, payload]] = Object.entries(rest) as [[RecordType, Payload]];
  const fields: Payload = { ...defaultsOf(type), ...payload };
  if ('window_start' in fields) {
    fields['window_end'] ??= formatEventTime(Date.parse(String(fields['window_start'])) + WINDOW_MS);
  }
  const record = resultRecordSchema.parse({
    record_type: type,
    record_id: recordIdOf(type, fields, `stream:shard-0:${sequence}`),
    schema_version: 1,
    event_time: fields['window_end'] ?? fields['click_time'] ?? fields['event_time'] ?? event_time,
    [type]: fields,
  });
  return Array.from({ length: deliveries }, () => record);
}
