import { appendFileSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import type { DeliveryFailure, UserRecord } from './types';

/**
 * Stores undeliverable records: a line of JSON each, with the payload in base64, because it can be any bytes. Each
 * record is written immediately and synchronously, so that it is stored even if the process crashes. The first record
 * creates the file.
 */
export class DeadLetterFile {
  private written = 0;

  /** @param file path of the file; lines are appended */
  constructor(readonly file: string) {}

  /** Records written by this object. */
  get count(): number {
    return this.written;
  }

  /**
   * @param streamName target stream
   * @param record the undeliverable record
   * @param failure the reason
   * @throws when the
   *   file cannot be written: it is better to stop than to lose a record silently
   */
  add(streamName: string, record: UserRecord, failure: DeliveryFailure): void {
    const { data } = record;
    if (this.written === 0) mkdirSync(path.dirname(this.file), { recursive: true });
    const line = {
      failed_at: new Date().toISOString(),
      stream: streamName,
      partition_key: record.partitionKey,
      code: failure.code,
      message: failure.message,
      attempts: failure.attempts,
      permanent: failure.permanent,
      maybe_delivered: failure.maybeDelivered,
      data_base64: (typeof data === 'string' ? Buffer.from(data, 'utf8') : Buffer.from(data)).toString('base64'),
    };
    appendFileSync(this.file, `${JSON.stringify(line)}\n`);
    this.written += 1;
  }
}
