import type { AwsRequest } from './aws-request';
import type { FaultKind } from './fault-kinds';

/** A request that failed. */
interface Fault {
  readonly kind: FaultKind;
  /** The operation; for S3 the service. */
  readonly what: string;
  readonly client: string;
}

/** Counts of the faults that a proxy has injected. */
export class FaultTally {
  /** Requests, those that failed among them. */
  requests = 0;
  /** Entries of PutRecords and BatchWriteItem that were withheld from the service. */
  refusedEntries = 0;
  private readonly faults: Fault[] = [];

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
    this.faults.push({ kind, what, client: sdk ?? 'another client' });
  }

  /** @param entries that the service did not get */
  addRefused(entries: number): void {
    this.refusedEntries += entries;
  }

  /** @returns how many requests failed, by operation and client, for example "PutRecords of aws-sdk-java" */
  byOperationAndClient(): Record<string, number> {
    return this.countBy(({ what, client }) => `${what} of ${client}`);
  }

  /** @returns how many requests failed, by kind and operation, for example "throttled PutRecords" */
  byKindAndOperation(): Record<string, number> {
    return this.countBy(({ kind, what }) => `${kind} ${what}`);
  }

  /** @returns how many requests failed, by kind */
  byKind(): Partial<Record<FaultKind, number>> {
    return this.countBy(({ kind }) => kind);
  }

  private countBy(nameOf: (fault: Fault) => string): Record<string, number> {
    const counts = new Map<string, number>();
    for (const name of this.faults.map(nameOf).sort()) counts.set(name, (counts.get(name) ?? 0) + 1);
    return Object.fromEntries(counts);
  }
}
