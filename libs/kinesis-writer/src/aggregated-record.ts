import { createHash } from 'node:crypto';
import protobuf from 'protobufjs/light';

/** First bytes of every aggregated record. */
export const AGGREGATED_MAGIC = Buffer.from([0xf3, 0x89, 0x9a, 0xc2]);
const CHECKSUM_BYTES = 16;

/**
 * The message as the Kinesis Producer Library's `aggregation-format.md` defines it. It is protobuf 2, where a field that is
 * set to 0 is written. protobufjs takes descriptors for protobuf 3 by default and leaves it out: the Java decoders
 * then see no explicit hash key.
 */
const AggregatedRecord = protobuf.Root.fromJSON({
  nested: {
    Tag: {
      edition: 'proto2',
      fields: {
        key: { rule: 'required', type: 'string', id: 1 },
        value: { type: 'string', id: 2 },
      },
    },
    Record: {
      edition: 'proto2',
      fields: {
        partitionKeyIndex: { rule: 'required', type: 'uint64', id: 1 },
        explicitHashKeyIndex: { type: 'uint64', id: 2 },
        data: { rule: 'required', type: 'bytes', id: 3 },
        tags: { rule: 'repeated', type: 'Tag', id: 4 },
      },
    },
    AggregatedRecord: {
      edition: 'proto2',
      fields: {
        partitionKeyTable: { rule: 'repeated', type: 'string', id: 1 },
        explicitHashKeyTable: { rule: 'repeated', type: 'string', id: 2 },
        records: { rule: 'repeated', type: 'Record', id: 3 },
      },
    },
  },
}).lookupType('AggregatedRecord');

/** One record inside an aggregated one. */
export interface SubRecord {
  readonly partitionKey: string;
  readonly data: Uint8Array;
}

/** Magic number, checksum, and the one explicit hash key (at most 39 digits) with its framing. */
export const AGGREGATED_BASE_BYTES = AGGREGATED_MAGIC.length + CHECKSUM_BYTES + 2 + 39;

/** Framing of a sub-record: four tags and one-byte lengths, and up to 4 bytes for each of three varints below 2^28. */
const SUB_RECORD_FRAMING_BYTES = 24;

/**
 * @param keyAndDataBytes partition key and payload of a sub-record, in bytes
 * @returns an upper bound of what it adds to an aggregated record, in bytes
 */
export function subRecordBytes(keyAndDataBytes: number): number {
  return keyAndDataBytes + SUB_RECORD_FRAMING_BYTES;
}

/**
 * Builds a record in the format of the Kinesis Producer Library:
 * magic number, protobuf message, MD5 of the message.
 *
 * Every sub-record carries the explicit hash key that routes the aggregated record: consumers (KCL, Flink's connector)
 * discard an aggregated record if the hash key of one sub-record is outside the shard from which it was read. After a
 * split, this can happen with the hash of the partition key, but never with the explicit hash key.
 *
 * @param subRecords at least one, in the order for consumers
 * @param explicitHashKey decimal hash key that the entry is put with
 * @returns payload of the entry
 */
export function encodeAggregatedRecord(subRecords: readonly SubRecord[], explicitHashKey: string): Buffer {
  const indexByKey = new Map<string, number>();
  const records = subRecords.map(({ partitionKey, data }) => {
    let partitionKeyIndex = indexByKey.get(partitionKey);
    if (partitionKeyIndex === undefined) {
      partitionKeyIndex = indexByKey.size;
      indexByKey.set(partitionKey, partitionKeyIndex);
    }
    return { partitionKeyIndex, explicitHashKeyIndex: 0, data };
  });
  const message = AggregatedRecord.encode({
    partitionKeyTable: [...indexByKey.keys()],
    explicitHashKeyTable: [explicitHashKey],
    records,
  }).finish();
  const checksum = createHash('md5').update(message).digest();
  return Buffer.concat([AGGREGATED_MAGIC, message, checksum]);
}
