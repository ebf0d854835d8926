import fc from 'fast-check';
import type { RoutedRecord } from './merge-by-time';
import { withArrivalTimes } from './arrival-times';

const START = Date.UTC(2026, 10, 20, 10);
const DAY = 86_400;
const ZERO = -START / 1_000;

/** @param seconds event times since START; undefined for a record without one @returns arrivals since START, seconds */
async function arrivals(seconds: readonly (number | undefined)[]): Promise<(number | undefined)[]> {
  async function* records(): AsyncGenerator<RoutedRecord<'impressions'>> {
    for (const second of seconds) {
      const eventTime = second === undefined ? undefined : new Date(START + second * 1_000).toISOString();
      yield { stream: 'impressions', record: { data: Buffer.alloc(0), partitionKey: 'k', eventTime } };
    }
  }
  const found: (number | undefined)[] = [];
  for await (const { arrival } of withArrivalTimes(records()))
    found.push(arrival === undefined ? undefined : (arrival - START) / 1_000);
  return found;
}
const evenly = (count: number, step = 10, from = 0) => Array.from({ length: count }, (_, i) => from + i * step);

describe('withArrivalTimes', () => {
  it('gives a late record, and one without a time, the arrival time of its predecessor', async () => {
    expect(await arrivals([0, 10, 3, undefined, 20])).toEqual([0, 10, 10, 10, 20]);
  });

  it('sends zero dates at the start immediately, and begins with the first plausible time', async () => {
    const honest = evenly(40);
    expect(await arrivals([ZERO, ZERO, ...honest])).toEqual([undefined, undefined, ...honest]);
  });

  it('does not wait for a few records with far future times at the end', async () => {
    const honest = evenly(40);
    expect(await arrivals([...honest, 1e9, 1e9])).toEqual([...honest, 390, 390]);
    expect(await arrivals([0, 1e9])).toEqual([undefined, 1e9]);
  });

  it('keeps a long pause before many records, and the pauses of sparse recordings', async () => {
    const pause = [...evenly(20), ...evenly(20, 10, 10 * DAY)];
    expect(await arrivals(pause)).toEqual(pause);
    const sparse = evenly(12, 2 * DAY);
    expect(await arrivals(sparse)).toEqual(sparse);
  });

  it('never decreases, and contains only recorded times', async () => {
    const times = fc.array(fc.option(fc.integer({ min: ZERO, max: 1e9 }), { nil: undefined }), { maxLength: 80 });
    await fc.assert(
      fc.asyncProperty(times, async (recorded) => {
        const found = await arrivals(recorded);
        expect(found).toHaveLength(recorded.length);
        let before = -Infinity;
        for (const one of found) {
          if (one === undefined) continue;
          expect(one).toBeGreaterThanOrEqual(before);
          expect(recorded).toContain(one);
          before = one;
        }
      }),
    );
  });
});
