import { formatEventTime } from '@ad-analytics/event-schemas';
import { type TrafficSettings, type TrafficStream, generateTraffic } from '@ad-analytics/traffic-model';
import { classifyEvents } from '../replay-check/classified-events';
import type { RecordedEvent } from '../replay-check/recording';
import { SHARD_FILL, keyInShard } from '@ad-analytics/local-stack/kinesis/skewed-keys';

/** Shards of each stream; the expected lateness is computed for the same number. */
export const SHARDS = SHARD_FILL.length;
/** Traffic between two changes, seconds of event time. */
const PHASE_SECONDS = 12;
/** In the past of every machine, because the job rejects a record from the future. On the edge of a window of any length used here. */
const START = Date.parse('2024-06-03T10:00:00.000Z');

/** Few users, and attackers of every kind, so that small windows have many alerts. */
const TRAFFIC: TrafficSettings = {
  seed: 20261127,
  startTime: START,
  rate: 60,
  users: 100,
  campaigns: 6,
  publishers: 6,
  clickThroughRate: 0.15,
  clickDelay: { medianSeconds: 4 },
  shares: { late: 0.02, outOfOrder: 0.1, duplicate: 0.04, malformed: 0.02, orphanClick: 0.1 },
  scenarios: { naive_bot: 2, click_farm: 2, click_replay: 1, crawler: 1, double_clicker: 2, office_nat: 1 },
};

/** The first record of every shard of both streams: from then on each has a clock, and the watermark is known. */
function opening(): RecordedEvent[] {
  const ids = { user_id: 'opening', campaign_id: 'opening', ad_id: 'opening', publisher_id: 'opening' };
  return SHARD_FILL.flatMap((_, shard) => {
    const impression = {
      ...ids,
      impression_id: keyInShard(`opening-of-${shard}`, shard),
      event_time: formatEventTime(START),
    };
    const record = (stream: TrafficStream, event: object): RecordedEvent => ({
      stream,
      partitionKey: impression.impression_id,
      data: JSON.stringify(event),
      arrivalMs: 0,
    });
    return [record('impressions', impression), record('clicks', { ...impression, click_id: impression.impression_id })];
  });
}

/**
 * @param phases number of them
 * @param options `late`: with events that are late by the clock of their shard
 * @returns the records of each phase, in order of arrival; the same ones at every call
 */
export function recordPhases(phases: number, { late = true }: { late?: boolean } = {}): RecordedEvent[][] {
  const shares = { ...TRAFFIC.shares, ...(late ? {} : { late: 0 }) };
  const of: RecordedEvent[][] = Array.from({ length: phases }, () => []);
  of[0]?.push(...opening());
  for (const record of generateTraffic({ ...TRAFFIC, shares, durationSeconds: phases * PHASE_SECONDS })) {
    const { stream, partitionKey, data, arrivalMs } = record;
    const phase = Math.min(phases - 1, Math.floor(arrivalMs / 1_000 / PHASE_SECONDS));
    of[phase]?.push({ stream, partitionKey, data, arrivalMs });
  }
  return of;
}

/**
 * @param records all that came so far, to streams of SHARDS shards
 * @param outOfOrdernessSeconds setting of the job
 * @returns the watermark of a job that has read them, in milliseconds since the epoch
 * @throws Error if a shard has no event and therefore no watermark
 */
export function watermarkAfter(records: readonly RecordedEvent[], outOfOrdernessSeconds: number): number {
  const outOfOrdernessMs = outOfOrdernessSeconds * 1_000;
  const clocks = new Map<string, number>();
  for (const { shard, time } of classifyEvents(records, outOfOrdernessMs))
    clocks.set(shard, Math.max(clocks.get(shard) ?? -Infinity, time));
  if (clocks.size < 2 * SHARDS) throw new Error(`only ${clocks.size} of ${2 * SHARDS} shards have an event`);
  return Math.min(...clocks.values()) - outOfOrdernessMs - 1;
}
