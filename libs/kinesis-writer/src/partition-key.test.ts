import fc from 'fast-check';
import { anyText } from '@ad-analytics/any-text';
import { isPartitionKey, partitionKeyOf } from './partition-key';

it.each([
  ['a', true],
  ['', false],
  ['k'.repeat(256), true],
  ['k'.repeat(257), false],
  // Two UTF-16 units, one character.
  ['😀'.repeat(256), true],
  ['😀'.repeat(257), false],
  ['broken-\ud83d', false],
  ['\ude00', false],
  ['\ude00\ud83d', false],
  ['😀\ud83d', false],
])('knows what Kinesis takes (%#)', (text, taken) => {
  expect(isPartitionKey(text)).toBe(taken);
});

it('makes a key that Kinesis takes of any text, the same each time, and leaves a usable one as it is', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      const key = partitionKeyOf(text);
      expect(isPartitionKey(key)).toBe(true);
      // What is read back from UTF-8 is the same: nothing was replaced on the way.
      expect(Buffer.from(key, 'utf8').toString('utf8')).toBe(key);
      expect(partitionKeyOf(text)).toBe(key);
      if (isPartitionKey(text)) expect(key).toBe(text);
      else expect(key).toMatch(/^[0-9a-f]{64}$/);
    }),
  );
});

it('makes different keys of texts that differ in half a pair', () => {
  expect(partitionKeyOf('\ud83d')).not.toBe(partitionKeyOf('\ud83e'));
});
