/** Names of the stores. */
export type StoreName = 'table' | 'archive' | 'warehouse';

/** What was found and removed of one kind in one store. */
export interface Count {
  readonly store: StoreName;
  /** Record type; `not a result` for records that could not be archived. */
  readonly kind: string;
  found: number;
  removed: number;
}

/** What an erasure found, removed, and could not do. */
export class ErasureReport {
  private readonly byKind = new Map<string, Count>();
  /** What was not done, and why. */
  readonly problems: { readonly store: StoreName; readonly text: string }[] = [];
  /** Requests that had to be repeated. */
  retries = 0;

  /** @param kind record type @param numbers to add */
  add(store: StoreName, kind: string, { found = 0, removed = 0 }: { found?: number; removed?: number }): void {
    const name = `${store} ${kind}`;
    const count = this.byKind.get(name) ?? { store, kind, found: 0, removed: 0 };
    count.found += found;
    count.removed += removed;
    this.byKind.set(name, count);
  }

  /** @param text what could not be done, and why */
  problem(store: StoreName, text: string): void {
    this.problems.push({ store, text });
  }

  /** Adds a problem for each type of which records were found and still exist. Call this at the end of an erasure that removes. */
  checkRemoved(): void {
    for (const { store, kind, found, removed } of this.byKind.values()) {
      if (found > removed)
        this.problem(store, `${kind}: ${found - removed} of ${found} records still exist. Run it again.`);
    }
  }

  /** @returns the counts by store and type, in the order in which they were found */
  counts(): Count[] {
    return [...this.byKind.values()];
  }
}
