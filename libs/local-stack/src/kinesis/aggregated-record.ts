import { createHash } from 'node:crypto';
import { deaggregateSync } from 'aws-kinesis-agg';
import protobuf from 'protobufjs';
import type { ShardRecord } from './read-shard';

/** First bytes of an aggregated record, as the Kinesis Producer Library writes them. */
const MAGIC = Buffer.from([0xf3, 0x89, 0x9a, 0xc2]);
const CHECKSUM_BYTES = 16;

/** One event of a shard's record. */
export interface UserRecord {
  readonly sequence: string;
  readonly data: Uint8Array;
}

/**
 * Takes an aggregated record apart, with AWS's own library.
 * @param record as it lies in the shard
 * @returns the events in it; the record itself when it is not aggregated, or only looks so (its checksum or its message is
 *   wrong). As the job has it, nothing vanishes: without parts the record is its own only part, and a part without data is empty
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
    parts = undefined;
  }
  if (parts !== undefined && parts.length > 0) return parts;
  const incomplete = incompleteParts(data);
  if (incomplete === undefined) return plain;
  return (incomplete.length === 0 ? [data] : incomplete).map((part, index) => ({
    sequence: `${record.sequenceNumber}:${index}`,
    data: part,
  }));
}

/** The message with no field required: what AWS's library refuses as a whole. */
const INCOMPLETE = new protobuf.Type('AggregatedRecord')
  .add(new protobuf.Field('records', 3, 'Record', 'repeated'))
  .add(new protobuf.Type('Record').add(new protobuf.Field('data', 3, 'bytes')));

/** @returns the data of each part, empty where it has none; undefined when it is not such a message, or its checksum is wrong */
function incompleteParts(data: Buffer): Uint8Array[] | undefined {
  const body = data.subarray(MAGIC.length, -CHECKSUM_BYTES);
  if (data.length < MAGIC.length + CHECKSUM_BYTES) return undefined;
  if (!createHash('md5').update(body).digest().equals(data.subarray(-CHECKSUM_BYTES))) return undefined;
  try {
    const { records = [] } = INCOMPLETE.decode(body) as unknown as { records?: { data?: Uint8Array }[] };
    return records.map((part) => part.data ?? new Uint8Array());
  } catch {
    return undefined;
  }
}
