import { createHash } from 'node:crypto';
import { type Click, type Impression, formatEventTime } from '@ad-analytics/event-schemas';
import { type TrafficSettings, type TrafficStream, generateTraffic } from '@ad-analytics/traffic-model';
import { SHARD_FILL, keyInShard, skewedKey } from '@ad-analytics/local-stack/kinesis/skewed-keys';

/** Campaign of the one impression whose window closes when every shard has been read to its end. */
export const MARKER = 'replay-check-marker';

/** One record, as every run sends it. */
export interface RecordedEvent {
  readonly stream: TrafficStream;
  readonly partitionKey: string;
  readonly data: string | Uint8Array;
  /** When to send it in a run at its own pace, milliseconds since the start. */
  readonly arrivalMs: number;
}

/** In the past of every machine, because the job rejects a record from the future. On the edge of a window of any length used here. */
export const START = Date.parse('2024-06-03T10:00:00.000Z');

/** A minute with more faults than real traffic. */
export const TRAFFIC: TrafficSettings = {
  seed: 20261124,
  startTime: START,
  rate: 110,
  durationSeconds: 60,
  clickThroughRate: 0.12,
  // As many campaigns as fit into the report of a difference.
  campaigns: 8,
  // Most clicks come within the attribution window of the runs, some do not.
  clickDelay: { medianSeconds: 5 },
  shares: { late: 0.03, outOfOrder: 0.1, duplicate: 0.04, malformed: 0.02, orphanClick: 0.1 },
  scenarios: { naive_bot: 1, click_farm: 1, click_replay: 1, crawler: 1, double_clicker: 1, office_nat: 1 },
};

/** Endings of ids: characters of every Unicode plane, of both text directions, and with a meaning in HTML, JSON or terminals. */
export const ENDINGS: readonly string[] = [
  '',
  '\u{1f600}'.repeat(40),
  Array.from({ length: 16 }, (_, plane) => String.fromCodePoint((plane + 1) * 0x10000 + 0x61))
    .join('')
    .repeat(2),
  '\u00e9\u7528\u6237\uffff',
  '<b>=1+1&amp;"\'\\',
  '\u202e\u05d0\u200f\u0000\u001b[31m\r\n',
];

/** @returns the text with escapes, as inside quotes */
const inJson = (text: string) => JSON.stringify(text).slice(1, -1);

/** @returns the id with its ending: the same id always gets the same one */
function withEnding(id: string): string {
  return id + (ENDINGS[createHash('sha256').update(id).digest().readUInt32BE(4) % ENDINGS.length] ?? '');
}

/** @returns the record's text, with endings for the ids of users, campaigns, publishers and clicks */
function withEndings(json: string): string {
  return json.replaceAll(
    /"(user_id|campaign_id|publisher_id|click_id)":"([^"\\]+)"/g,
    (_, field: string, id: string) => `"${field}":"${inJson(withEnding(id))}"`,
  );
}

/**
 * Generated traffic whose ids have characters of every plane. The ids of the impressions fill the shards unevenly. The generator's labels of
 * late events do not apply, because they assume even shards.
 * @param settings of the generator
 */
export function* recordTraffic(settings: TrafficSettings): Generator<RecordedEvent> {
  for (const { stream, partitionKey, data, arrivalMs } of generateTraffic(settings)) {
    const key = skewedKey(withEnding(partitionKey));
    // Also in records that are not JSON, so that only the ids differ.
    const spelt = typeof data === 'string' ? withEndings(data.replaceAll(partitionKey, inJson(key))) : data;
    yield { stream, partitionKey: key, data: spelt, arrivalMs };
  }
}

/** An id that leads to each shard. */
const LAST_IDS = SHARD_FILL.map((_, shard) => keyInShard(`ending-of-${shard}`, shard));

/**
 * What follows the traffic: an impression in a separate window, then, as the last record of every shard of both streams, an
 * event after that window. The window closes when, and only when, each shard has been read to its end.
 * @param after all event times before are earlier than this, milliseconds since the epoch; on a window's edge
 * @param settings of the job
 * @param arrivalMs when to send it
 * @param lastIds of each stream, an id that leads to each of its shards; default: for the shards with which the streams began
 */
export function ending(
  after: number,
  settings: { windowSeconds: number; maxOutOfOrdernessSeconds: number },
  arrivalMs: number,
  lastIds: Readonly<Record<TrafficStream, readonly string[]>> = { impressions: LAST_IDS, clicks: LAST_IDS },
): RecordedEvent[] {
  const ids = { user_id: 'ending', campaign_id: 'ending', ad_id: 'ending', publisher_id: 'ending' };
  const afterWindow = after + (settings.windowSeconds + settings.maxOutOfOrdernessSeconds) * 1_000 + 1;
  const record = (stream: TrafficStream, event: Impression | Click): RecordedEvent => ({
    stream,
    partitionKey: event.impression_id,
    data: JSON.stringify(event),
    arrivalMs,
  });
  const marker = {
    ...ids,
    campaign_id: MARKER,
    impression_id: keyInShard(MARKER, 0),
    event_time: formatEventTime(after),
  };
  const event = (impression_id: string) => ({ ...ids, impression_id, event_time: formatEventTime(afterWindow) });
  return [
    record('impressions', marker),
    ...lastIds.impressions.map((id) => record('impressions', event(id))),
    ...lastIds.clicks.map((id) => record('clicks', { ...event(id), click_id: id })),
  ];
}
