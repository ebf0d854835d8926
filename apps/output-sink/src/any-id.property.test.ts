import { anyId, resultsWith } from '@ad-analytics/any-text';
import fc from 'fast-check';
import { json, kinesisEvent } from '../test/kinesis-event';
import { resultsIn } from '../test/results-in';
import { createSink } from '../test/sink';

beforeEach(() => void jest.spyOn(process.stdout, 'write').mockReturnValue(true));
afterEach(() => jest.restoreAllMocks());

it('writes results with any identifier, unchanged, within the limits of DynamoDB', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uniqueArray(anyId, { minLength: 1, maxLength: 4 }), async (ids) => {
      const { table, queue, invoke } = createSink();
      const results = ids.flatMap(resultsWith);
      const newest = new Map(results.map((result) => [result.record_id, result]));

      expect(await invoke(kinesisEvent(results.map(json)))).toEqual([]);

      expect(queue.letters).toEqual([]);
      expect(await resultsIn(table)).toEqual(newest);
    }),
    { numRuns: 150 },
  );
});

it('sends a record that is not a result to the queue as a readable letter, whatever text it contains', async () => {
  await fc.assert(
    fc.asyncProperty(anyId, fc.integer({ min: 0, max: 11 }), async (id, which) => {
      const { table, queue, invoke } = createSink();
      const poison = json({ ...resultsWith(id)[which], event_time: id, [id]: id });

      expect(await invoke(kinesisEvent([poison]))).toEqual([]);

      expect(table.items.size).toBe(0);
      expect(queue.letters).toHaveLength(1);
      expect(Buffer.from(queue.letters[0]!['raw'] as string, 'base64')).toEqual(poison);
    }),
    { numRuns: 100 },
  );
});
