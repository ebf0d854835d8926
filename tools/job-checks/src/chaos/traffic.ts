import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { formatEventTime } from '@ad-analytics/event-schemas';
import { START, TRAFFIC, type RecordedEvent, ending, recordTraffic } from '../replay-check/recording';
import { SHARD_FILL, keyInShard } from '@ad-analytics/local-stack/kinesis/skewed-keys';
import type { Target, Traffic } from './scenario';
import { keyInOpenShard, openShards } from '@ad-analytics/local-stack/kinesis/shards';

/** Longer than any disturbance, even on a busy machine. */
const MAX_SECONDS = 1_800;
const BEFORE_SILENCE_SECONDS = 30;
const SILENCE_MS = 120_000;
/** 30 s of traffic is sent within 3 s, which is less than the accepted disorder of events. */
const BURST_FACTOR = 10;
const LAST_OF_SHARD = 'the last record';
/** When the records of 2099 are sent, after the start. The shortest disturbance ends later. */
const FUTURE_AFTER_MS = 20_000;
const TEN_MINUTES_MS = 600_000;

/** @returns for each shard of a stream that is open now, a key that leads to it */
async function keysOfOpenShards({ stack }: Pick<Target, 'stack'>, stream: string): Promise<string[]> {
  return (await openShards(stack.kinesis, stream)).map((shard) => keyInOpenShard(`ending-of-${shard.id}`, shard));
}

/** @returns records that close every window after these past records (see `ending`), with a last record for each shard that is open now */
export async function endingAfter(
  sent: readonly RecordedEvent[],
  target: Pick<Target, 'stack' | 'run'>,
): Promise<RecordedEvent[]> {
  const { metrics, eventTime, impressions, clicks } = target.run.settings;
  const windowMs = metrics.windowSeconds * 1_000;
  const lastArrival = sent.at(-1)?.arrivalMs ?? 0;
  const after = START + (Math.ceil(lastArrival / windowMs) + 1) * windowMs;
  return ending(after, { ...metrics, ...eventTime }, lastArrival, {
    impressions: await keysOfOpenShards(target, impressions.streamName),
    clicks: await keysOfOpenShards(target, clicks.streamName),
  });
}

/** Sends records at their own pace until the disturbance is over. @returns those that were sent */
async function untilOver(
  records: Iterable<RecordedEvent>,
  { run, signal }: Target,
  disturbed: AbortSignal,
  from = 0,
): Promise<RecordedEvent[]> {
  const drawn: RecordedEvent[] = [];
  const drawing = function* () {
    // Each record is generated when it is due, because most runs end long before the last one.
    for (const record of records) {
      drawn.push(record);
      yield record;
    }
  };
  const count = await run.sender.sendAtOwnPace(drawing(), { from, until: disturbed, signal });
  return drawn.slice(0, count);
}

/** Records at their own pace, for as long as something is disturbed; then the ending. */
export const steady: Traffic = async (target, disturbed) => {
  const settings = { ...TRAFFIC, seed: target.choice.below(2 ** 31), durationSeconds: MAX_SECONDS };
  const sent = await untilOver(recordTraffic(settings), target, disturbed);
  const tail = await endingAfter(sent, target);
  await target.run.sender.send(tail, target.signal);
  return [...sent, ...tail];
};

/** @returns traffic with current event times, and its start, which is on the edge of a window */
function trafficOfNow({ run, choice }: Target, durationSeconds: number) {
  const windowMs = run.settings.metrics.windowSeconds * 1_000;
  const startTime = Math.floor(Date.now() / windowMs) * windowMs;
  return { startTime, records: recordTraffic({ ...TRAFFIC, seed: choice.below(2 ** 31), startTime, durationSeconds }) };
}

/**
 * Both streams fall silent for longer than the idle timeout; then many events arrive at once. Their event times are current: in an idle shard,
 * the job advances event time with the wall clock, so an event from the time of the silence would be late.
 */
export const silenceThenBurst: Traffic = async (target) => {
  const { run, signal, say } = target;
  const { startTime, records } = trafficOfNow(target, 2 * BEFORE_SILENCE_SECONDS);
  const all = [...records];
  const silentFrom = BEFORE_SILENCE_SECONDS * 1_000;
  const before = all.filter(({ arrivalMs }) => arrivalMs < silentFrom);
  await run.sender.sendAtOwnPace(before, { from: Date.now() - startTime, signal });
  say(`Both streams are silent for ${SILENCE_MS / 1_000} s`);
  await sleep(SILENCE_MS, undefined, { signal });
  const [end, now] = [startTime + 2 * silentFrom, Date.now()];
  const burst = all
    .filter(({ arrivalMs }) => arrivalMs >= silentFrom)
    .map((record) => ({ ...record, data: withTime(record.data, (time) => now - (end - time) / BURST_FACTOR) }));
  say(`${burst.length} records at once`);
  await run.sender.send(burst, signal);
  return [...before, ...burst, ...(await sendLastOfShards(target))];
};

/** An impression of 2099 in each shard. */
function inTheFuture(arrivalMs: number): RecordedEvent[] {
  const ids = { user_id: 'in-2099', campaign_id: 'in-2099', ad_id: 'in-2099', publisher_id: 'in-2099' };
  const event_time = formatEventTime(Date.parse('2099-01-01T00:00:00.000Z'));
  return SHARD_FILL.map((_, shard): RecordedEvent => {
    const impression_id = keyInShard(`in-2099-${shard}`, shard);
    const data = JSON.stringify({ ...ids, impression_id, event_time });
    return { stream: 'impressions', partitionKey: impression_id, data, arrivalMs };
  });
}

/**
 * @param seed chooses other producers
 * @returns how far the clock of the producer of a record is ahead, in milliseconds. A producer sends all records with one key, so a repeated
 *   record has the same time: a click id that is used again much later is another click
 */
export function clockSkewMs({ stream, partitionKey }: Pick<RecordedEvent, 'stream' | 'partitionKey'>, seed: number) {
  const skews = [0, 0, 0, 0, 0, 0, TEN_MINUTES_MS, -TEN_MINUTES_MS] as const;
  const [byte = 0] = createHash('sha256').update(`${seed} ${stream} ${partitionKey}`).digest();
  return skews[byte % skews.length] ?? 0;
}

/** Records with current event times. Some producers have clocks that are ahead, others behind; one has a clock in 2099. */
export const wrongClocks: Traffic = async (target, disturbed) => {
  const { startTime, records } = trafficOfNow(target, MAX_SECONDS);
  const seed = target.choice.below(2 ** 31);
  const skewed = function* () {
    let future = inTheFuture(FUTURE_AFTER_MS);
    for (const record of records) {
      if (record.arrivalMs >= FUTURE_AFTER_MS) {
        yield* future;
        future = [];
      }
      const skewMs = clockSkewMs(record, seed);
      yield { ...record, data: withTime(record.data, (time) => time + skewMs) };
    }
  };
  const sent = await untilOver(skewed(), target, disturbed, Date.now() - startTime);
  return [...sent, ...(await sendLastOfShards(target))];
};

/** Sends a last record to each shard that is open now. It is not an event: the job rejects it at once, whatever the time is. */
async function sendLastOfShards(target: Target): Promise<RecordedEvent[]> {
  const { impressions, clicks } = target.run.settings;
  const of = async (stream: RecordedEvent['stream'], name: string) =>
    (await keysOfOpenShards(target, name)).map((partitionKey): RecordedEvent => {
      const data = `${LAST_OF_SHARD} of ${stream}, ${partitionKey}`;
      return { stream, partitionKey, data, arrivalMs: 0 };
    });
  const last = [...(await of('impressions', impressions.streamName)), ...(await of('clicks', clicks.streamName))];
  await target.run.sender.send(last, target.signal);
  return last;
}

/** @returns how many of the last records of the shards are not among the rejected ones yet */
export function unreadShards(sent: readonly RecordedEvent[], delivered: readonly Uint8Array[]): number {
  const last = sent.flatMap(({ data }) => (typeof data === 'string' && data.startsWith(LAST_OF_SHARD) ? [data] : []));
  if (last.length === 0) throw new Error('the traffic has no last record of a shard');
  const rejected = new Set(
    delivered
      .map((result) => Buffer.from(result).toString('utf8'))
      .filter((text) => text.includes('"rejected_event"'))
      .map((text) => (JSON.parse(text) as { rejected_event?: { raw?: string } }).rejected_event?.raw),
  );
  return last.filter((data) => !rejected.has(Buffer.from(data).toString('base64'))).length;
}

/** Ends a job that reads live records after it has read every shard to its end. It cannot wait for a window, whose end may be in the future. */
export async function finishLive({ run, job, signal }: Target, sent: readonly RecordedEvent[]): Promise<void> {
  await run.waitForResults(
    job,
    'the last record of every shard, rejected',
    (delivered) => unreadShards(sent, delivered) === 0,
  );
  await job.drain(signal);
}

/** @returns the record with its event time changed, if it has one */
export function withTime(data: RecordedEvent['data'], changed: (time: number) => number): RecordedEvent['data'] {
  if (typeof data !== 'string') return data;
  return data.replace(/"event_time":"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)"/, (whole, text: string) => {
    const time = Math.round(changed(Date.parse(text)));
    return Number.isNaN(time) ? whole : `"event_time":"${formatEventTime(time)}"`;
  });
}
