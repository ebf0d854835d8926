import fc from 'fast-check';
import type { InputRecord } from './input-record';
import { mergeByTime } from './merge-by-time';

async function* list(records: readonly InputRecord[]): AsyncGenerator<InputRecord> {
  yield* records;
}
const at = (second: number) => new Date(Date.UTC(2026, 10, 23, 10) + second * 1_000).toISOString();
const record = (eventTime: string | undefined, name: string): InputRecord => ({
  data: Buffer.from(name),
  partitionKey: name,
  eventTime,
});

async function merge(impressions: readonly InputRecord[], clicks: readonly InputRecord[]) {
  const merged: { stream: string; record: InputRecord }[] = [];
  for await (const item of mergeByTime({ impressions: list(impressions), clicks: list(clicks) })) merged.push(item);
  return merged;
}

describe('mergeByTime', () => {
  it('interleaves by time', async () => {
    const merged = await merge(
      [record(at(1), 'i1'), record(at(4), 'i4')],
      [record(at(2), 'c2'), record(at(3), 'c3'), record(at(5), 'c5')],
    );
    expect(merged.map((item) => item.record.partitionKey)).toEqual(['i1', 'c2', 'c3', 'i4', 'c5']);
  });

  it('sends a record without a time directly after its predecessor', async () => {
    const merged = await merge(
      [record(at(1), 'i1'), record(undefined, 'bad'), record(at(4), 'i4')],
      [record(at(2), 'c2')],
    );
    expect(merged.map((item) => item.record.partitionKey)).toEqual(['i1', 'bad', 'c2', 'i4']);
  });

  it('is not delayed by a producer with a wrong clock', async () => {
    const merged = await merge(
      [record(at(1), 'i1'), record('2060-01-01T00:00:00.000Z', 'future'), record(at(3), 'i3')],
      [record(at(2), 'c2'), record(at(4), 'c4')],
    );
    expect(merged.map((item) => item.record.partitionKey)).toEqual(['i1', 'future', 'c2', 'i3', 'c4']);
  });

  it('returns exactly the given records and keeps the order of each file, for any times', async () => {
    const records = fc
      .array(fc.option(fc.integer({ min: 0, max: 20 }).map(at), { nil: undefined }), { maxLength: 20 })
      .map((times) => times.map((time, i) => record(time, String(i))));
    await fc.assert(
      fc.asyncProperty(records, records, async (impressions, clicks) => {
        const merged = await merge(impressions, clicks);
        expect(merged.filter((item) => item.stream === 'impressions').map((item) => item.record)).toEqual(impressions);
        expect(merged.filter((item) => item.stream === 'clicks').map((item) => item.record)).toEqual(clicks);
      }),
    );
  });
});
