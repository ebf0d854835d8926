import { formatEventTime, RECORD_TYPES, type RecordType, type ResultOf } from '@ad-analytics/event-schemas';
import { readFileSync } from 'node:fs';
import path from 'node:path';

const T0 = Date.UTC(2026, 10, 23, 10);

/** @returns figures of a campaign's minute, as the job writes them; `n` distinguishes them */
export function metrics(n: number): ResultOf<'campaign_metrics'> {
  const start = formatEventTime(T0);
  return {
    record_type: 'campaign_metrics',
    record_id: `campaign_metrics:campaign:${start}:campaign-${n}`,
    schema_version: 1,
    event_time: formatEventTime(T0 + 60_000),
    campaign_metrics: {
      dimension: 'campaign',
      key: `campaign-${n}`,
      window_start: start,
      window_end: formatEventTime(T0 + 60_000),
      impressions: 1000,
      clicks: 25,
      ctr: 0.025,
      cost_micros: 2_500_000,
      unique_users: 640,
    },
  };
}

/** @returns score of a user in the window that starts `minute` minutes after {@link T0} */
export function score(user: string, minute: number, points: number): ResultOf<'user_engagement'> {
  const [start, end] = [formatEventTime(T0 + minute * 60_000), formatEventTime(T0 + (minute + 5) * 60_000)];
  return {
    record_type: 'user_engagement',
    record_id: `user_engagement:${start}:${user}`,
    schema_version: 1,
    event_time: end,
    user_engagement: {
      user_id: user,
      window_start: start,
      window_end: end,
      impressions: 3,
      clicks: 1,
      distinct_campaigns: 2,
      score: points,
    },
  };
}

/** @returns a record that was rejected, with `bytes` of base64 text in it */
export function rejected(n: number, bytes: number): ResultOf<'rejected_event'> {
  return {
    record_type: 'rejected_event',
    record_id: `rejected_event:ClicksStreamInput:shardId-000000000000:${n}`,
    schema_version: 1,
    event_time: formatEventTime(T0),
    rejected_event: { source: 'click', reason: 'JSON: not an object', raw: 'A'.repeat(bytes), raw_length: bytes },
  };
}

function fixtures(kind: string, validity: 'valid' | 'invalid'): unknown[] {
  const file = path.join(__dirname, '../../../libs/event-schemas/fixtures', `${kind}.${validity}.json`);
  return JSON.parse(readFileSync(file, 'utf8')) as unknown[];
}

/** Every valid result of the contract's fixtures, with its own `record_id` each. */
export const VALID = RECORD_TYPES.flatMap((type) => fixtures(type, 'valid') as { event: { record_id: string } }[])
  .map(({ event }) => event)
  .filter(({ record_id }, at, all) => all.findIndex((other) => other.record_id === record_id) === at);

/** @returns every invalid record of the type in the contract's fixtures, with the field that the reason must name */
export function invalid(type: RecordType): { name: string; field: string; data: Buffer }[] {
  const cases = fixtures(type, 'invalid') as { name: string; raw?: string; raw_base64?: string; field: string }[];
  return cases.map(({ name, raw, raw_base64: base64, field }) => ({
    name,
    field,
    data: base64 === undefined ? Buffer.from(raw ?? '') : Buffer.from(base64, 'base64'),
  }));
}
