import { deaggregateSync } from 'aws-kinesis-agg';
import type { ShardRecord } from '../kinesis/read-shard';

/** First bytes of an aggregated record, as the Kinesis Producer Library writes them. */
const MAGIC = Buffer.from([0xf3, 0x89, 0x9a, 0xc2]);

/** One event of a shard's record. */
export interface UserRecord {
  readonly sequence: string;
  readonly data: Uint8Array;
}

/**
 * Takes an aggregated record apart, with AWS's own library.
 * @param record as it lies in the shard
 * @returns the events in it; the record itself when it is not aggregated, or only looks so (its checksum is wrong)
 */
export function userRecords(record: ShardRecord): UserRecord[] {
  const plain = [{ sequence: record.sequenceNumber, data: record.data }];
  const data = Buffer.from(record.data);
  if (!data.subarray(0, MAGIC.length).equals(MAGIC)) return plain;
  let parts: UserRecord[] | undefined;
  const payload = {
    partitionKey: record.partitionKey,
    sequenceNumber: record.sequenceNumber,
    data: data.toString('base64'),
  };
  try {
    deaggregateSync(payload as never, true, (error, records) => {
      if (error) return;
      parts = (records ?? []).map((part) => ({
        sequence: `${record.sequenceNumber}:${part.subSequenceNumber}`,
        data: Buffer.from(part.data, 'base64'),
      }));
    });
  } catch {
    return plain;
  }
  return parts ?? plain;
}
