import { setTimeout as sleep } from 'node:timers/promises';
import { formatEventTime } from '@ad-analytics/event-schemas';
import { START, TRAFFIC, type RecordedEvent, ending, recordTraffic } from '../replay-check/recording';
import { SHARD_FILL, keyInShard } from '@ad-analytics/local-stack/kinesis/skewed-keys';
import type { Target, Traffic } from './scenario';
import { keyInOpenShard, openShards } from '@ad-analytics/local-stack/kinesis/shards';

/** More than any disturbance takes. */
const MOST_SECONDS = 400;
const SILENCE_MS = 40_000;
const CLOCKS_SECONDS = 40;
const TEN_MINUTES_MS = 600_000;

/** @returns what closes every window after these records, see `ending`: with a last record for each shard that is open now */
export async function endingAfter(
  sent: readonly RecordedEvent[],
  { stack, run }: Pick<Target, 'stack' | 'run'>,
): Promise<RecordedEvent[]> {
  const { metrics, eventTime, impressions, clicks } = run.settings;
  const windowMs = metrics.windowSeconds * 1_000;
  const lastArrival = sent.at(-1)?.arrivalMs ?? 0;
  const after = START + (Math.ceil(lastArrival / windowMs) + 1) * windowMs;
  const lastIds = async (stream: string) =>
    (await openShards(stack.kinesis, stream)).map((shard) => keyInOpenShard(`ending-of-${shard.id}`, shard));
  return ending(after, { ...metrics, ...eventTime }, lastArrival, {
    impressions: await lastIds(impressions.streamName),
    clicks: await lastIds(clicks.streamName),
  });
}

/** Records at their own pace, for as long as something is disturbed; then the ending. */
export const steady: Traffic = async (target, disturbed) => {
  const { run, choice, signal } = target;
  const drawn: RecordedEvent[] = [];
  const records = function* () {
    // Made when they are due: most runs end long before the last.
    const settings = { ...TRAFFIC, seed: choice.below(2 ** 31), durationSeconds: MOST_SECONDS };
    for (const record of recordTraffic(settings)) {
      drawn.push(record);
      yield record;
    }
  };
  const count = await run.sender.sendAtOwnPace(records(), { until: disturbed, signal });
  const sent = drawn.slice(0, count);
  const tail = await endingAfter(sent, target);
  await run.sender.send(tail, signal);
  return [...sent, ...tail];
};

/** Both streams fall silent for longer than the idle timeout; then all that comes later comes at once. */
export const silenceThenBurst: Traffic = async (target) => {
  const { run, choice, signal, say } = target;
  const records = [...recordTraffic({ ...TRAFFIC, seed: choice.below(2 ** 31) })];
  const half = Math.floor(records.length / 2);
  await run.sender.sendAtOwnPace(records.slice(0, half), { signal });
  say(`Both streams are silent for ${SILENCE_MS / 1_000} s`);
  await sleep(SILENCE_MS, undefined, { signal });
  const burst = [...records.slice(half), ...(await endingAfter(records, target))];
  say(`${burst.length} records at once`);
  await run.sender.send(burst, signal);
  return [...records.slice(0, half), ...burst];
};

/** Records that happen now. A part of the producers have clocks ahead, another part behind; one lives in 2099. */
export const wrongClocks: Traffic = async ({ run, choice, signal }) => {
  const windowMs = run.settings.metrics.windowSeconds * 1_000;
  const startTime = Math.floor(Date.now() / windowMs) * windowMs;
  const traffic = { ...TRAFFIC, seed: choice.below(2 ** 31), startTime, durationSeconds: CLOCKS_SECONDS };
  const skewed = [...recordTraffic(traffic)].map((record) => {
    const skewMs = choice.of([0, 0, 0, 0, 0, 0, TEN_MINUTES_MS, -TEN_MINUTES_MS]);
    return { ...record, data: withClock(record.data, skewMs) };
  });
  const ids = { user_id: 'in-2099', campaign_id: 'in-2099', ad_id: 'in-2099', publisher_id: 'in-2099' };
  const inTheFuture = SHARD_FILL.map((_, shard): RecordedEvent => {
    const impression_id = keyInShard(`in-2099-${shard}`, shard);
    const event_time = formatEventTime(Date.parse('2099-01-01T00:00:00.000Z'));
    const data = JSON.stringify({ ...ids, impression_id, event_time });
    return { stream: 'impressions', partitionKey: impression_id, data, arrivalMs: (CLOCKS_SECONDS * 1_000) / 2 };
  });
  const records = [...skewed, ...inTheFuture].sort((a, b) => a.arrivalMs - b.arrivalMs);
  await run.sender.sendAtOwnPace(records, { from: Date.now() - startTime, signal });
  return records;
};

/** Ends a job that reads records of now: the last window cannot close by the watermark before its time. The job was not restarted. */
export async function finishLive({ run, job, signal }: Target, sent: readonly RecordedEvent[]): Promise<void> {
  await run.read(job, sent);
  await job.drain(signal);
}

/** @returns the record with its event time changed, if it has one */
export function withClock(data: RecordedEvent['data'], skewMs: number): RecordedEvent['data'] {
  if (skewMs === 0 || typeof data !== 'string') return data;
  return data.replace(/"event_time":"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)"/, (whole, text: string) => {
    const time = Date.parse(text) + skewMs;
    return Number.isNaN(time) ? whole : `"event_time":"${formatEventTime(time)}"`;
  });
}
