import Denque from 'denque';
import type { BufferedRecord } from './entry';
import type { UserRecord } from './types';

/** The amount of data in a writer from which `put` makes its caller wait. */
export interface BacklogLimits {
  readonly maxBufferedRecords: number;
  /** Payloads and partition keys, in bytes. */
  readonly maxBufferedBytes: number;
}

interface Waiter<R extends UserRecord> {
  readonly record: BufferedRecord<R>;
  readonly admitted: () => void;
}

/**
 * Bounded count of the records that were put and are not settled, with records that wait for space and callers that
 * wait for a flush.
 */
export class Backlog<R extends UserRecord> {
  private records = 0;
  private bytes = 0;
  private epoch = 0;
  private readonly waiters = new Denque<Waiter<R>>();
  private readonly pendingByEpoch = new Map<number, number>();
  private flushes: { readonly epoch: number; readonly done: () => void }[] = [];

  /**
   * @param limits bounds
   * @param admit called with each admitted record, in the order of `put`
   */
  constructor(
    private readonly limits: BacklogLimits,
    private readonly admit: (record: BufferedRecord<R>) => void,
  ) {}

  /** Records that were put and are not settled, including those that wait for space. */
  get size(): number {
    return this.records + this.waiters.length;
  }

  /** Whether a caller of `put` waits for space. */
  get full(): boolean {
    return this.waiters.length > 0;
  }

  /** Whether a caller waits until everything is sent. */
  get flushing(): boolean {
    return this.flushes.length > 0;
  }

  /** Number to stamp on the next record. */
  get currentEpoch(): number {
    return this.epoch;
  }

  /**
   * Admits a record, immediately or when there is space.
   * @returns undefined if it was admitted immediately
   */
  enter(record: BufferedRecord<R>): Promise<void> | undefined {
    this.pendingByEpoch.set(record.epoch, (this.pendingByEpoch.get(record.epoch) ?? 0) + 1);
    if (this.waiters.length === 0 && this.hasRoom(record)) {
      this.take(record);
      return undefined;
    }
    return new Promise((admitted) => this.waiters.push({ record, admitted }));
  }

  /** Marks an admitted record as settled: sent or given up. */
  settle(record: BufferedRecord<R>): void {
    this.records -= 1;
    this.bytes -= record.bytes;
    this.leave(record);
  }

  /** Admits waiting records while there is space. */
  admitWaiters(): void {
    for (let next = this.waiters.peekFront(); next && this.hasRoom(next.record); next = this.waiters.peekFront()) {
      this.waiters.shift();
      this.take(next.record);
      next.admitted();
    }
  }

  /** @returns the records that were still waiting for space; their callers continue */
  dismissWaiters(): BufferedRecord<R>[] {
    const waiters = this.waiters.toArray();
    this.waiters.clear();
    for (const { record, admitted } of waiters) {
      admitted();
      this.leave(record);
    }
    return waiters.map(({ record }) => record);
  }

  /** @returns resolves when everything put so far is settled */
  flush(): Promise<void> {
    const epoch = this.epoch;
    this.epoch += 1;
    return new Promise((done) => {
      this.flushes.push({ epoch, done });
      this.finishFlushes();
    });
  }

  private hasRoom(record: BufferedRecord<R>): boolean {
    // A record that is larger than the bound must also be admitted eventually.
    if (this.records === 0) return true;
    return this.records < this.limits.maxBufferedRecords && this.bytes + record.bytes <= this.limits.maxBufferedBytes;
  }

  private take(record: BufferedRecord<R>): void {
    this.records += 1;
    this.bytes += record.bytes;
    this.admit(record);
  }

  private leave(record: BufferedRecord<R>): void {
    const left = (this.pendingByEpoch.get(record.epoch) ?? 0) - 1;
    if (left > 0) {
      this.pendingByEpoch.set(record.epoch, left);
      return;
    }
    this.pendingByEpoch.delete(record.epoch);
    this.finishFlushes();
  }

  private finishFlushes(): void {
    if (this.flushes.length === 0) return;
    const oldest = Math.min(...this.pendingByEpoch.keys());
    this.flushes = this.flushes.filter(({ epoch, done }) => {
      if (epoch >= oldest) return true;
      done();
      return false;
    });
  }
}
