import type { Backlog } from './backlog';
import type { BufferedRecord, Entry } from './entry';
import type { DeliveryFailure, DeliveryHandler, FailureHandler, UserRecord, WriterStats } from './types';

type Counts = Omit<WriterStats, 'buffered' | 'rateLimit' | 'misrouted' | 'shardMapErrors'>;

/** The failure handler threw: records were given up that no one may have kept. */
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
 * Books the end of every record: counts it, frees its room, and reports it when it was given up. Counts and room change
 * before anybody is told, so that `put = sent + failed + buffered` holds inside the failure handler too.
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
   * @param backlog where admitted records hold their room
   * @param handlers told of every record that is delivered or given up
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

  /** Records that hold no room in the backlog, or no longer, are given up. */
  neverSent(records: readonly Pick<BufferedRecord<R>, 'record'>[], failure: DeliveryFailure): void {
    this.counts.failed += records.length;
    for (const { record } of records) {
      try {
        this.handlers.onFailed(record, failure);
      } catch (error) {
        // The others are reported all the same; anyone who waits for the writer gets the first error.
        this.unreported ??= new UnreportedFailureError(error);
      }
    }
  }

  /** @throws UnreportedFailureError when the failure handler has thrown before */
  requireReported(): void {
    if (this.unreported) throw this.unreported;
  }
}
