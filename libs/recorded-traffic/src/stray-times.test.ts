import fc from 'fast-check';
import type { InputRecord } from './input-record';
import { withoutStrayTimes } from './stray-times';

const record = (eventTime: string | undefined): InputRecord => ({
  data: Buffer.from(eventTime ?? ''),
  partitionKey: 'k',
  eventTime,
});
const iso = (seconds: number) => new Date(Date.UTC(2026, 10, 23) + seconds * 1_000).toISOString();

async function* list(records: readonly InputRecord[]): AsyncGenerator<InputRecord> {
  yield* records;
}
async function times(records: readonly InputRecord[]): Promise<(string | undefined)[]> {
  const found: (string | undefined)[] = [];
  for await (const { eventTime } of withoutStrayTimes(list(records))) found.push(eventTime);
  return found;
}

describe('withoutStrayTimes', () => {
  it('removes times that are far ahead of the following ones, also several in a row and at the start', async () => {
    const far = iso(1e9);
    const recorded = [far, iso(0), far, far, undefined, iso(1), iso(2)];
    expect(await times(recorded.map(record))).toEqual([
      undefined,
      iso(0),
      undefined,
      undefined,
      undefined,
      iso(1),
      iso(2),
    ]);
  });

  it('does not change late records and pauses', async () => {
    const recorded = [iso(0), iso(100), iso(60), iso(5_000), iso(5_001)];
    expect(await times(recorded.map(record))).toEqual(recorded);
  });

  it('keeps the times before a late record or a batch of them', async () => {
    const honest = Array.from({ length: 60 }, (_, i) => iso(i * 10));
    for (const late of [iso(-600), '1970-01-01T00:00:00.000Z'])
      for (const place of [0, 30, 59, 60]) {
        const recorded = honest.toSpliced(place, 0, late);
        expect(await times(recorded.map(record))).toEqual(recorded);
      }
    const batch = [...honest, ...Array.from({ length: 40 }, (_, i) => iso(i - 900)), iso(600)];
    expect(await times(batch.map(record))).toEqual(batch);
  });

  it('removes a far future time if one plausible record follows', async () => {
    expect(await times([iso(0), iso(1e6), iso(10)].map(record))).toEqual([iso(0), undefined, iso(10)]);
  });

  it('returns all records in the same order, without new times', async () => {
    const time = fc.option(fc.integer({ min: 0, max: 1_000 }).map(iso), { nil: undefined });
    await fc.assert(
      fc.asyncProperty(fc.array(time, { maxLength: 80 }), async (recorded) => {
        const found = await times(recorded.map(record));
        expect(found).toHaveLength(recorded.length);
        found.forEach((one, i) => expect([recorded[i], undefined]).toContain(one));
      }),
    );
  });
});
