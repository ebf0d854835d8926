import type { AwsRequest } from './aws-request';
import type { FaultKind } from './fault-kinds';

/** Counts of the faults that a proxy has injected. */
export class FaultTally {
  /** Requests, those that failed among them. */
  requests = 0;
  /** Entries of PutRecords and BatchWriteItem that were withheld from the service. */
  refusedEntries = 0;
  private readonly counts = new Map<string, number>();

  add({ service, operation }: AwsRequest, kind: FaultKind | undefined): void {
    this.requests += 1;
    if (kind === undefined) return;
    const name = `${kind} ${operation === '' ? service : operation}`;
    this.counts.set(name, (this.counts.get(name) ?? 0) + 1);
  }

  /** @param entries that the service did not get */
  addRefused(entries: number): void {
    this.refusedEntries += entries;
  }

  /** @returns how many requests failed, by kind and operation, for example "throttled PutRecords" */
  byKindAndOperation(): Record<string, number> {
    return Object.fromEntries([...this.counts].sort(([a], [b]) => (a < b ? -1 : 1)));
  }

  /** @returns how many requests failed, by kind */
  byKind(): Partial<Record<FaultKind, number>> {
    const sums: Partial<Record<FaultKind, number>> = {};
    for (const [name, count] of this.counts) {
      const kind = name.split(' ')[0] as FaultKind;
      sums[kind] = (sums[kind] ?? 0) + count;
    }
    return sums;
  }
}
