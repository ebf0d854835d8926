import type { ShardRecord } from '@ad-analytics/local-stack/kinesis/read-shard';
import type { Clock } from './clock';
import { MAX_EVENT_BYTES, recordBytes } from './kinesis-event';
import type { MappingSettings } from './mapping-settings';

/** Result of one read of a shard. */
export interface ShardPage {
  readonly records: readonly ShardRecord[];
  /** Whether these were the last records of the shard at the time of the read. */
  readonly atEnd: boolean;
}

/** Reads a shard from the end of the previous read. */
export interface ShardSource {
  read(): Promise<ShardPage>;
}

/**
 * Interval of polls in milliseconds. Lambda polls a shard once a second (Developer Guide, "Polling and batching streams"); a shorter
 * interval makes local runs faster.
 */
const POLL_MS = 500;

/** Options for building batches. */
export interface GatherOptions {
  readonly settings: Pick<MappingSettings, 'batchSize' | 'maximumBatchingWindowInSeconds'>;
  readonly clock: Clock;
  /** Ends the reading immediately. */
  readonly stop: AbortSignal;
  /** Ends the reading at the end of the shard after this signal. */
  readonly drain: AbortSignal;
}

/** @returns number of records, from the first, that fit into an invocation; at least one */
function fitting(records: readonly ShardRecord[], batchSize: number): number {
  let bytes = 0;
  let count = 0;
  for (const record of records) {
    bytes += recordBytes(record);
    if (count > 0 && bytes > MAX_EVENT_BYTES) break;
    count += 1;
    if (count === batchSize) break;
  }
  return count;
}

/**
 * Builds batches of records. A batch is complete when it has the batch size, when the next record would exceed the size limit of an
 * invocation, or at the end of the batching window, which begins with its first record.
 * @param source of the shard
 * @param options see GatherOptions
 * @returns non-empty batches in the shard's order, until it is stopped or drained
 */
export async function* gatherBatches(source: ShardSource, options: GatherOptions): AsyncGenerator<ShardRecord[]> {
  const { settings, clock, stop, drain } = options;
  const windowMs = settings.maximumBatchingWindowInSeconds * 1_000;
  const wake = AbortSignal.any([stop, drain]);
  let waiting: ShardRecord[] = [];
  let windowEnd = Infinity;
  let drained = false;
  while (!stop.aborted) {
    const count = fitting(waiting, settings.batchSize);
    const full = count === settings.batchSize || count < waiting.length;
    if (count > 0 && (full || drained || clock.now() >= windowEnd)) {
      const batch = waiting.slice(0, count);
      waiting = waiting.slice(count);
      windowEnd = waiting.length > 0 ? clock.now() + windowMs : Infinity;
      yield batch;
      continue;
    }
    if (drained) return;
    // Checked before the read: records that were written before the signal are then in this or a later page.
    const draining = drain.aborted;
    const page = await source.read();
    if (waiting.length === 0 && page.records.length > 0) windowEnd = clock.now() + windowMs;
    waiting = [...waiting, ...page.records];
    drained = draining && page.atEnd;
    if (
      page.atEnd &&
      !drained &&
      clock.now() < windowEnd &&
      fitting(waiting, settings.batchSize) < settings.batchSize
    ) {
      await clock.wait(Math.min(POLL_MS, windowEnd - clock.now()), wake);
    }
  }
}
