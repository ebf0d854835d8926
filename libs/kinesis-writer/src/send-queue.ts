import Denque from 'denque';
import type { Entry } from './entry';
import type { RequestLimits } from './limits';
import type { UserRecord } from './types';

/**
 * Entries that may be sent now, and behind them those that must wait for an earlier one of the same order key.
 *
 * An order key is busy from the moment its entry is queued until that entry is settled, through every retry. So at most
 * one entry of a key is in a request or in flight: PutRecords may accept a later entry of a request and refuse an
 * earlier one, and the order would be lost within a single batch.
 */
export class SendQueue<R extends UserRecord> {
  private readonly ready = new Denque<Entry<R>>();
  private readonly waitingByKey = new Map<string, Denque<Entry<R>>>();
  private readyBytes = 0;
  private waitingCount = 0;

  constructor(private readonly limits: RequestLimits) {}

  /** Entries that may be sent now. */
  get readyCount(): number {
    return this.ready.length;
  }

  /** Whether the ready entries fill a request, by number or by size. */
  get fillsRequest(): boolean {
    return this.ready.length >= this.limits.maxRequestRecords || this.readyBytes >= this.limits.maxRequestBytes;
  }

  /** Time at which the first entry was created; undefined if none is ready. */
  get oldest(): number | undefined {
    return this.ready.peekFront()?.since;
  }

  /** Adds a new entry, behind all others and behind those of its order key. */
  push(entry: Entry<R>): void {
    if (entry.orderKey !== undefined) {
      const waiting = this.waitingByKey.get(entry.orderKey);
      if (waiting) {
        waiting.push(entry);
        this.waitingCount += 1;
        return;
      }
      this.waitingByKey.set(entry.orderKey, new Denque());
    }
    this.ready.push(entry);
    this.readyBytes += entry.bytes;
  }

  /** Puts failed entries back at the front, in order; their keys are still busy. */
  retry(entries: readonly Entry<R>[]): void {
    for (const entry of [...entries].reverse()) {
      this.ready.unshift(entry);
      this.readyBytes += entry.bytes;
    }
  }

  /** Marks an entry as sent or given up: the next entry of its key may be sent. */
  settle(entry: Entry<R>): void {
    if (entry.orderKey === undefined) return;
    const next = this.waitingByKey.get(entry.orderKey)?.shift();
    if (next === undefined) {
      this.waitingByKey.delete(entry.orderKey);
      return;
    }
    this.waitingCount -= 1;
    this.ready.push(next);
    this.readyBytes += next.bytes;
  }

  /**
   * @param maxEntries maximum number of entries
   * @returns entries for one request, within both limits, oldest first; empty when nothing is ready
   */
  takeBatch(maxEntries: number): Entry<R>[] {
    const count = Math.min(maxEntries, this.limits.maxRequestRecords);
    const batch: Entry<R>[] = [];
    let bytes = 0;
    for (let entry = this.ready.peekFront(); entry && batch.length < count; entry = this.ready.peekFront()) {
      if (bytes + entry.bytes > this.limits.maxRequestBytes) break;
      this.ready.shift();
      bytes += entry.bytes;
      batch.push(entry);
    }
    this.readyBytes -= bytes;
    return batch;
  }

  /** @returns everything in the queue, which is then empty */
  drain(): Entry<R>[] {
    const entries = this.ready.toArray();
    for (const waiting of this.waitingByKey.values()) entries.push(...waiting.toArray());
    this.ready.clear();
    this.waitingByKey.clear();
    this.readyBytes = 0;
    this.waitingCount = 0;
    return entries;
  }

  /** Entries in the queue, ready or waiting for their key. */
  get length(): number {
    return this.ready.length + this.waitingCount;
  }
}
