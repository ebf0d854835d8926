import type { Backlog } from './backlog';
import type { BufferedRecord, Entry } from './entry';
import type { DeliveryFailure, DeliveryHandler, FailureHandler, UserRecord, WriterStats } from './types';

type Counts = Omit<WriterStats, 'buffered' | 'rateLimit' | 'misrouted' | 'shardMapErrors'>;

/** The failure handler threw an error, so undeliverable records may be lost. */
export class UnreportedFailureError extends Error {
  override readonly name = 'UnreportedFailureError';

  constructor(cause: unknown) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    super(
      `kinesis-writer: onFailed threw an error for a record that could not be delivered; the record may be lost: ${reason}`,
      {
        cause,
      },
    );
  }
}

/**
 * Records the outcome of every record: counts it, frees its space, and reports it if it was given up. Counts and space
 * change before the handlers run, so that `put = sent + failed + buffered` also holds inside the failure handler.
 */
export class Ledger<R extends UserRecord> {
  readonly counts: { -readonly [K in keyof Counts]: Counts[K] } = {
    put: 0,
    sent: 0,
    failed: 0,
    retried: 0,
    throttled: 0,
    kinesisRecords: 0,
    requests: 0,
    failedRequests: 0,
    bytes: 0,
  };
  private unreported: UnreportedFailureError | undefined;

  /**
   * @param backlog of the admitted records
   * @param handlers called with every record that is delivered or given up
   */
  constructor(
    private readonly backlog: Pick<Backlog<R>, 'settle'>,
    private readonly handlers: { readonly onFailed: FailureHandler<R>; readonly onDelivered: DeliveryHandler<R> },
  ) {}

  /** The stream has acknowledged the entry. */
  delivered(entry: Entry<R>): void {
    this.counts.kinesisRecords += 1;
    this.counts.sent += entry.records.length;
    this.counts.bytes += entry.bytes;
    for (const record of entry.records) this.backlog.settle(record);
    for (const { record } of entry.records) this.handlers.onDelivered(record);
  }

  /** The entry will not be sent again. */
  givenUp(entry: Entry<R>, reason: Pick<DeliveryFailure, 'code' | 'message' | 'permanent'>): void {
    const { attempts, maybeDelivered, records } = entry;
    for (const record of records) this.backlog.settle(record);
    this.neverSent(records, { ...reason, attempts, maybeDelivered });
  }

  /** Gives up records that are not in the backlog. */
  neverSent(records: readonly Pick<BufferedRecord<R>, 'record'>[], failure: DeliveryFailure): void {
    this.counts.failed += records.length;
    for (const { record } of records) {
      try {
        this.handlers.onFailed(record, failure);
      } catch (error) {
        // The others are still reported; callers that wait for the writer get the first error.
        this.unreported ??= new UnreportedFailureError(error);
      }
    }
  }

  /** @throws UnreportedFailureError when the failure handler has thrown before */
  requireReported(): void {
    if (this.unreported) throw this.unreported;
  }
}
