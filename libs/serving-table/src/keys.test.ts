import { formatEventTime } from '@ad-analytics/event-schemas';
import { ALL_FIXTURES, fixtures, late, T0 } from '../test/results';
import { indexKeys } from './keys';
import { toItem } from './item';
import { tableDefinition } from './table-definition';
import { writeShard, writeShards } from './write-shards';

// Amazon DynamoDB Developer Guide, "Quotas": UTF-8 bytes of a partition key and of a sort key.
const MAX_PARTITION_KEY = 2048;
const MAX_SORT_KEY = 1024;

it('makes keys that DynamoDB takes, of the longest ids too', () => {
  const longest = '\u{1F600}'.repeat(128);
  const [record] = fixtures('campaign_metrics');
  const huge = { ...record!, campaign_metrics: { ...record!.campaign_metrics, key: longest } };
  for (const keys of [...ALL_FIXTURES, huge].map(indexKeys)) {
    for (const [name, key] of Object.entries(keys)) {
      const limit = name.endsWith('pk') ? MAX_PARTITION_KEY : MAX_SORT_KEY;
      expect(Buffer.byteLength(key as string)).toBeGreaterThan(0);
      expect(Buffer.byteLength(key as string)).toBeLessThanOrEqual(limit);
    }
  }
});

it('names no key attribute that an item never has, and declares every one', () => {
  const { AttributeDefinitions: declared, KeySchema: key, GlobalSecondaryIndexes: indexes } = tableDefinition();
  const used = [...key!, ...indexes!.flatMap((index) => index.KeySchema!)].map(({ AttributeName }) => AttributeName);
  expect(declared!.map(({ AttributeName }) => AttributeName)).toEqual(used);
  const names = ALL_FIXTURES.flatMap((record) => Object.keys(toItem(record, T0)));
  expect(new Set(names)).toEqual(new Set([...names, ...(used as string[])]));
  const projected = indexes!.flatMap((index) => index.Projection!.NonKeyAttributes!);
  expect(names).toEqual(expect.arrayContaining(projected));
});

it('has a late event arrive when its shard had seen the later time', () => {
  expect(indexKeys(late(1, 90_000))).toEqual({
    gsi2pk: `late_event#2026-11-23T10:01#${writeShard('late_event', late(1, 90_000).record_id)}`,
    gsi2sk: formatEventTime(T0 + 90_000),
  });
});

it('refuses a late event that arrived beyond the year 9999', () => {
  expect(() => indexKeys(late(1, Number.MAX_SAFE_INTEGER))).toThrow(RangeError);
});

it('spreads the users of a window evenly over the shards', () => {
  const counts = new Array<number>(writeShards('user_engagement')).fill(0);
  for (let at = 0; at < 8_000; at++) counts[writeShard('user_engagement', `user_engagement:${at}`)]! += 1;
  // 1,000 each is expected; the standard deviation of a binomial (8,000, 1/8) is 30.
  expect(Math.min(...counts)).toBeGreaterThan(1_000 - 5 * 30);
  expect(Math.max(...counts)).toBeLessThan(1_000 + 5 * 30);
});
