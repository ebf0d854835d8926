import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { deaggregate } from '../test/deaggregate';
import { AGGREGATED_BASE_BYTES, AGGREGATED_MAGIC, encodeAggregatedRecord, subRecordBytes } from './aggregated-record';

const LARGEST_HASH_KEY = String((1n << 128n) - 1n);

it('is read by the AWS decoder as what was put in, and is at most as large as computed', () => {
  const subRecord = fc.record({
    // Including keys that look like integers: some encoders change their order.
    partitionKey: fc.oneof(
      fc.constantFrom('0', '1', '10', '__proto__'),
      fc.string({ minLength: 1, maxLength: 256, unit: 'grapheme' }),
    ),
    text: fc.string({ maxLength: 300, unit: 'grapheme' }),
  });
  fc.assert(
    fc.property(fc.array(subRecord, { minLength: 1, maxLength: 40 }), (subRecords) => {
      const records = subRecords.map(({ partitionKey, text }) => ({ partitionKey, data: Buffer.from(text) }));
      const encoded = encodeAggregatedRecord(records, LARGEST_HASH_KEY);
      expect(deaggregate('outer', encoded)).toEqual(
        subRecords.map(({ partitionKey, text }) => ({ partitionKey, explicitHashKey: LARGEST_HASH_KEY, data: text })),
      );
      const bound = records
        .map(({ partitionKey, data }) => subRecordBytes(Buffer.byteLength(partitionKey) + data.byteLength))
        .reduce((sum, bytes) => sum + bytes, AGGREGATED_BASE_BYTES);
      expect(encoded.byteLength).toBeLessThanOrEqual(bound);
    }),
  );
});

it('stays within the computed size with a payload near the largest', () => {
  const data = Buffer.alloc(10_000_000);
  const encoded = encodeAggregatedRecord(
    [
      { partitionKey: 'k', data },
      { partitionKey: 'k', data: Buffer.alloc(0) },
    ],
    LARGEST_HASH_KEY,
  );
  expect(encoded.byteLength).toBeLessThanOrEqual(
    AGGREGATED_BASE_BYTES + subRecordBytes(10_000_001) + subRecordBytes(1),
  );
});

// The decoder above would read a missing hash key index as 0; Java decoders do not.
it('is, byte for byte, the format of the Kinesis Producer Library', () => {
  const encoded = encodeAggregatedRecord([{ partitionKey: 'a', data: Buffer.from('hi') }], '7');
  // partition_key_table (1) "a"; explicit_hash_key_table (2) "7"; records (3) { key index 0, hash key index 0, data "hi" }
  const message = Buffer.from('0a01611201371a08080010001a026869', 'hex');
  expect(encoded).toEqual(Buffer.concat([AGGREGATED_MAGIC, message, createHash('md5').update(message).digest()]));
});
