import type { ShardRecord } from '@ad-analytics/local-stack/kinesis/read-shard';
import type { Clock } from './clock';
import { MAX_EVENT_BYTES, recordBytes } from './kinesis-event';
import type { MappingSettings } from './mapping-settings';

/** What one read of a shard gives. */
export interface ShardPage {
  readonly records: readonly ShardRecord[];
  /** These records were the last of the shard when they were read. */
  readonly atEnd: boolean;
}

/** Reads a shard from where the last read ended. */
export interface ShardSource {
  read(): Promise<ShardPage>;
}

/** Lambda polls a shard once a second (Developer Guide, "Polling and batching streams"); locally results shall be there sooner. */
const POLL_MS = 500;

/** How batches are gathered. */
export interface GatherOptions {
  readonly settings: Pick<MappingSettings, 'batchSize' | 'maximumBatchingWindowInSeconds'>;
  readonly clock: Clock;
  /** Ends the reading at once. */
  readonly stop: AbortSignal;
  /** Ends the reading at what is the end of the shard after this has come. */
  readonly drain: AbortSignal;
}

/** @returns how many records from the first on fit an invocation, at least one */
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
 * Gathers records into batches: one is ready when it has the batch size, when the next record would take it beyond what an invocation takes,
 * or when the batching window is over, which begins with its first record.
 * @param source of the shard
 * @param options see GatherOptions
 * @returns batches in the shard's order, never empty ones, until it is stopped or drained
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
    // Asked before the read: what was written before the signal is then in this page or a later one.
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
