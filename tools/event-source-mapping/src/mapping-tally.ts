import type { ShardEvent } from './process-batch';

/** What an event source mapping has done so far. */
export class MappingTally {
  /** Records that the function has taken. */
  processed = 0;
  /** Records at the on-failure destination. */
  discarded = 0;
  /** Invocations that ended with an error or a reported failure. */
  failures = 0;
  /** Reads of a shard that failed and were tried again. */
  unread = 0;
  /** What the last failed invocation said; undefined if none exists. */
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
