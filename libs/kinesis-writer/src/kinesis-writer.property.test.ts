import fc from 'fast-check';
import { anyText } from '@ad-analytics/any-text';
import { deaggregate } from '../test/deaggregate';
import { FakeKinesis } from '../test/fake-kinesis';
import { play, scenarios, type Outcome, type Scenario } from '../test/scenario';
import { VirtualClock } from '../test/virtual-clock';
import { KinesisWriter } from './kinesis-writer';
import { recordBytes } from './limits';
import { ShardMap } from './shard-map';

const RUNS = 300;

/** Checks a property over runs with partial failures, throttling, errors, lost answers, aborts and flushes. */
function holds(check: (outcome: Outcome, scenario: Scenario) => void | Promise<void>): Promise<void> {
  const property = fc.asyncProperty(scenarios, async (scenario) => check(await play(scenario), scenario));
  return fc.assert(property, { numRuns: RUNS });
}

function countById(outcome: Outcome): Map<number, number> {
  const counts = new Map<number, number>();
  for (const { id } of outcome.consumed) counts.set(id, (counts.get(id) ?? 0) + 1);
  return counts;
}

/** How often an answer that may have carried the record was lost, at most. */
function lostAnswers({ faults }: Scenario): number {
  return faults.filter(({ kind }) => kind === 'answer lost').length;
}

describe('every record, under any failures,', () => {
  it('is in the stream or reported, and counted as one of the two', () =>
    holds((outcome, scenario) => {
      const { put, failures, stats } = outcome;
      const stored = countById(outcome);
      for (const { id } of put) {
        const failure = failures.get(id);
        if (failure === undefined) expect(stored.get(id)).toBeGreaterThanOrEqual(1);
        else if (!failure.maybeDelivered) expect(stored.get(id)).toBeUndefined();
        expect(stored.get(id) ?? 0).toBeLessThanOrEqual(1 + lostAnswers(scenario));
      }
      expect(outcome.reportedTwice).toEqual([]);
      expect(stats).toMatchObject({ put: put.length, failed: failures.size, buffered: 0 });
      expect(stats.sent).toBe(put.length - failures.size);
    }));

  it('is in the stream exactly once or reported, where no answer is lost and nothing is broken off', () =>
    holds(async (_, scenario) => {
      const faults = scenario.faults.map((fault) =>
        fault.kind === 'answer lost' ? { ...fault, kind: 'partial' as const } : fault,
      );
      const outcome = await play({ ...scenario, faults, abortAtMs: undefined });
      const stored = countById(outcome);
      for (const { id } of outcome.put) expect(stored.get(id) ?? 0).toBe(outcome.failures.has(id) ? 0 : 1);
      expect(outcome.stats.sent).toBe(outcome.consumed.length);
      expect(outcome.stats.kinesisRecords).toBe(outcome.fake.stored.length);
    }));

  it('goes out within the limits of a request, a record, the buffer and the requests under way', () =>
    holds(({ fake, peakBuffered }, { options, aggregatedBytes }) => {
      const { maxRequestRecords = 0, maxRequestBytes = 0, maxRecordBytes = 0, maxInFlight = 0 } = options;
      expect(fake.violations).toEqual([]);
      for (const { entries } of fake.requests) {
        const sizes = entries.map((entry) => recordBytes(entry.PartitionKey as string, entry.Data as Uint8Array));
        expect(entries.length).toBeLessThanOrEqual(maxRequestRecords);
        expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(maxRequestBytes);
        expect(Math.max(...sizes)).toBeLessThanOrEqual(maxRecordBytes);
        entries.forEach((entry, i) => {
          if (entry.ExplicitHashKey !== undefined) expect(sizes[i]).toBeLessThanOrEqual(aggregatedBytes as number);
        });
      }
      expect(fake.peakInFlight).toBeLessThanOrEqual(maxInFlight);
      // The one record whose `put` waits for room counts as buffered too.
      expect(peakBuffered).toBeLessThanOrEqual((options.maxBufferedRecords ?? 0) + 1);
    }));

  it('keeps its place among those of its key where asked, and its shard', () =>
    holds(async (_, scenario) => {
      const { consumed, fake } = await play({ ...scenario, options: { ...scenario.options, orderedByKey: true } });
      const shards = await ShardMap.load(fake, 'stream');
      for (const { key, shardId } of consumed) expect(shardId).toBe(shards.find(key).shardId);
      // Where an answer was lost, a record comes twice, or the records 1 and 2 of an aggregated one come as 1, 2, 1, 2.
      const firsts = new Map([...consumed].reverse().map(({ id, key }, i) => [id, { key, at: -i }]));
      const lasts = new Map(consumed.map(({ id, key }, i) => [id, { key, at: i }]));
      for (const places of [firsts, lasts]) {
        const idByKey = new Map<string, number>();
        for (const [id, { key }] of [...places].sort(([, a], [, b]) => a.at - b.at)) {
          expect(id).toBeGreaterThan(idByKey.get(key) ?? -1);
          idByKey.set(key, id);
        }
      }
    }));

  it('is sent at most as often as allowed', () =>
    holds(({ fake, failures, put, stats }, { options, aggregatedBytes }) => {
      const { maxAttempts = 0 } = options;
      expect(fake.requests).toHaveLength(stats.requests);
      for (const failure of failures.values()) expect(failure.attempts).toBeLessThanOrEqual(maxAttempts);
      if (aggregatedBytes !== undefined) return;
      const attempts = new Map<string, number>();
      for (const { entries } of fake.requests)
        for (const { Data: data } of entries) {
          const text = Buffer.from(data as Uint8Array).toString();
          attempts.set(text, (attempts.get(text) ?? 0) + 1);
        }
      const counts = [...attempts.values()];
      expect(Math.max(0, ...counts)).toBeLessThanOrEqual(maxAttempts);
      expect(stats.retried).toBe(counts.reduce((sum, count) => sum + count - 1, 0));
      for (const { id, data } of put)
        expect(failures.get(id)?.attempts ?? attempts.get(data)).toBe(attempts.get(data) ?? 0);
    }));

  it('is counted at any time', () => holds(({ unbalanced }) => expect(unbalanced).toEqual([])));
});

it('a record is delivered whatever text its key is, and those with the same text share a shard', async () => {
  const property = fc.asyncProperty(fc.array(anyText, { maxLength: 30 }), fc.boolean(), async (texts, aggregated) => {
    const clock = new VirtualClock();
    const fake = new FakeKinesis(clock);
    fake.reshard(4);
    const failed: unknown[] = [];
    const aggregation = aggregated ? { aggregation: { shards: await ShardMap.load(fake, 'stream') } } : {};
    const onFailed = (record: unknown) => void failed.push(record);
    const writer = new KinesisWriter({ api: fake, streamName: 'stream', onFailed, clock, ...aggregation });
    for (const round of [0, 1])
      for (const [id, partitionKey] of texts.entries()) void writer.put({ partitionKey, data: `${id} ${round}` });
    await clock.run(writer.close());
    expect({ failed, violations: fake.violations }).toEqual({ failed: [], violations: [] });
    const shardsById = new Map<string, string[]>();
    for (const { partitionKey, data, shardId } of fake.stored)
      for (const record of deaggregate(partitionKey, data)) {
        const id = record.data.split(' ')[0]!;
        shardsById.set(id, [...(shardsById.get(id) ?? []), shardId]);
      }
    expect(shardsById.size).toBe(texts.length);
    for (const [first, second, ...more] of shardsById.values()) {
      expect(second).toBe(first);
      expect(more).toEqual([]);
    }
  });
  await fc.assert(property, { numRuns: RUNS });
});
