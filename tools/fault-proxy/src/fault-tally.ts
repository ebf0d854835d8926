import type { AwsRequest } from './aws-request';
import type { FaultKind } from './fault-kinds';

function increment(counts: Map<string, number>, name: string): void {
  counts.set(name, (counts.get(name) ?? 0) + 1);
}

function sorted(counts: ReadonlyMap<string, number>): Record<string, number> {
  return Object.fromEntries([...counts].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Counts of the faults that a proxy has injected. */
export class FaultTally {
  /** Requests, those that failed among them. */
  requests = 0;
  /** Entries of PutRecords and BatchWriteItem that were withheld from the service. */
  refusedEntries = 0;
  private readonly counts = new Map<string, number>();
  private readonly clientCounts = new Map<string, number>();

  /** Counts a request, with or without a fault. */
  addRequest(): void {
    this.requests += 1;
  }

  /**
   * @param request that failed
   * @param kind what happened to it
   * @param sdk of the client; undefined for another client
   */
  addFault({ service, operation }: AwsRequest, kind: FaultKind, sdk: string | undefined): void {
    const what = operation === '' ? String(service) : operation;
    increment(this.counts, `${kind} ${what}`);
    increment(this.clientCounts, `${what} of ${sdk ?? 'another client'}`);
  }

  /** @param entries that the service did not get */
  addRefused(entries: number): void {
    this.refusedEntries += entries;
  }

  /** @returns how many requests failed, by operation and client, for example "PutRecords of aws-sdk-java" */
  byOperationAndClient(): Record<string, number> {
    return sorted(this.clientCounts);
  }

  /** @returns how many requests failed, by kind and operation, for example "throttled PutRecords" */
  byKindAndOperation(): Record<string, number> {
    return sorted(this.counts);
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
