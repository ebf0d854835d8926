import type { Clock } from './clock';
import type { Entry } from './entry';
import type { UserRecord } from './types';

interface Group<R extends UserRecord> {
  readonly entries: readonly Entry<R>[];
  readonly cancel: () => void;
}

/** Entries that wait for their next attempt. */
export class RetrySet<R extends UserRecord> {
  private readonly groups = new Set<Group<R>>();

  constructor(private readonly clock: Clock) {}

  /** Passes the entries to `ready` after the delay. */
  add(entries: readonly Entry<R>[], delayMs: number, ready: (entries: readonly Entry<R>[]) => void): void {
    const group: Group<R> = {
      entries,
      cancel: this.clock.schedule(delayMs, () => {
        this.groups.delete(group);
        ready(entries);
      }),
    };
    this.groups.add(group);
  }

  /** @returns all waiting entries, and clears the set */
  drain(): Entry<R>[] {
    const entries: Entry<R>[] = [];
    for (const group of this.groups) {
      group.cancel();
      entries.push(...group.entries);
    }
    this.groups.clear();
    return entries;
  }
}
