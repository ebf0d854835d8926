import type { ShardEvent } from './process-batch';

/** Counts of an event source mapping so far. */
export class MappingTally {
  /** Records that the function has processed. */
  processed = 0;
  /** Records at the on-failure destination. */
  discarded = 0;
  /** Invocations that ended with an error or a reported failure. */
  failures = 0;
  /** Reads of a shard that failed and were tried again. */
  unread = 0;
  /** Error of the last failed invocation; undefined if none failed. */
  lastError: string | undefined;

  /** @param event that happened in a shard */
  add(event: ShardEvent): void {
    if (event.type === 'processed') this.processed += event.records.length;
    if (event.type === 'discarded') this.discarded += event.records.length;
    if (event.type === 'unread') this.unread += 1;
    if (event.type !== 'failed') return;
    this.failures += 1;
    this.lastError = event.error;
  }
}
