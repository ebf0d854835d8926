import { appendFileSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import type { DeliveryFailure, UserRecord } from './types';

/**
 * Keeps records that were given up: a line of JSON each, with the payload in base64, since it may be any bytes.
 * Written at once and synchronously, so that it is there even if the process ends badly; made with the first record.
 */
export class DeadLetterFile {
  private written = 0;

  /** @param file path of the file; lines are added to what is there */
  constructor(readonly file: string) {}

  /** Records written by this object. */
  get count(): number {
    return this.written;
  }

  /**
   * @param streamName where it should have gone
   * @param record what was given up
   * @param failure why
   * @throws when the file cannot be written: better to stop than to lose it unseen
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
