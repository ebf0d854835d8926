import { createHash } from 'node:crypto';
import { deaggregateSync } from 'aws-kinesis-agg';
import protobuf from 'protobufjs';
import { exceedsPartLimit } from './aggregate-part-limit';
import type { ShardRecord } from './read-shard';

/** Magic number: the first bytes of an aggregated record of the Kinesis Producer Library. */
const MAGIC = Buffer.from([0xf3, 0x89, 0x9a, 0xc2]);
const CHECKSUM_BYTES = 16;

/** One event of a shard's record. */
export interface UserRecord {
  readonly sequence: string;
  readonly data: Uint8Array;
}

/**
 * Splits an aggregated record with AWS's own library.
 * @param record of a shard
 * @returns the events in it; the record itself if it is not aggregated, or its checksum or message is wrong. Like in the job, no data is
 *   lost: a record without parts, or with implausibly many parts, keys, tags or unknown fields, is a single part, and a part without data is empty
 */
export function userRecords(record: ShardRecord): UserRecord[] {
  const plain = [{ sequence: record.sequenceNumber, data: record.data }];
  const data = Buffer.from(record.data);
  const message = messageOf(data);
  if (message === undefined) return plain;
  if (exceedsPartLimit(message)) return numbered(record, [data]);
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
    parts = undefined;
  }
  if (parts !== undefined && parts.length > 0) return parts;
  const incomplete = incompleteParts(message);
  if (incomplete === undefined) return plain;
  return numbered(record, incomplete.length === 0 ? [data] : incomplete);
}

const numbered = (record: ShardRecord, parts: readonly Uint8Array[]): UserRecord[] =>
  parts.map((data, index) => ({ sequence: `${record.sequenceNumber}:${index}`, data }));

/** @returns the protobuf message of a record; undefined when it is not aggregated, or its checksum is wrong */
function messageOf(data: Buffer): Buffer | undefined {
  const message = data.subarray(MAGIC.length, -CHECKSUM_BYTES);
  const isAggregated =
    data.length > MAGIC.length + CHECKSUM_BYTES &&
    data.subarray(0, MAGIC.length).equals(MAGIC) &&
    createHash('md5').update(message).digest().equals(data.subarray(-CHECKSUM_BYTES));
  return isAggregated ? message : undefined;
}

/** The message type without required fields: AWS's library rejects a message without them. */
const INCOMPLETE = new protobuf.Type('AggregatedRecord')
  .add(new protobuf.Field('records', 3, 'Record', 'repeated'))
  .add(new protobuf.Type('Record').add(new protobuf.Field('data', 3, 'bytes')));

/** @returns the data of each part, empty if it has none; undefined if it is not such a message */
function incompleteParts(message: Buffer): Uint8Array[] | undefined {
  try {
    const { records = [] } = INCOMPLETE.decode(message) as unknown as { records?: { data?: Uint8Array }[] };
    return records.map((part) => part.data ?? new Uint8Array());
  } catch {
    return undefined;
  }
}
