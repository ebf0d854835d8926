import fc from 'fast-check';
import { NotNearlyByTime, TimeOrder } from './time-order';

interface Line {
  readonly stream: number;
  readonly time: number;
  readonly text: string;
}

/** Passes lines to a `TimeOrder` like a reader, and returns the maximum number of buffered bytes. */
function ordered(lines: readonly Line[], capacity: number, blockBytes: number) {
  const given: Line[][] = [[], []];
  const times = new Map(lines.map(({ text, time }) => [text, time]));
  const order = new TimeOrder(capacity, blockBytes, (stream, bytes, start, end) => {
    const text = bytes.toString('latin1', start, end);
    given[stream]?.push({ stream, time: times.get(text) as number, text });
  });
  let [bytes, filled, most] = [order.newBlock().bytes, 0, 0];
  for (const { stream, time, text } of lines) {
    if (filled + text.length > bytes.length) [bytes, filled] = [order.newBlock(text.length).bytes, 0];
    bytes.write(text, filled, 'latin1');
    order.add(stream, time, filled, filled + text.length);
    filled += text.length;
    most = Math.max(most, order.heldBytes);
  }
  order.end();
  return { given, most };
}

const byTime = (lines: readonly Line[], stream: number) =>
  lines.filter((line) => line.stream === stream).sort((a, b) => a.time - b.time);
const distinct = (lines: readonly Omit<Line, 'text'>[], size: (i: number) => number): Line[] =>
  lines.map((line, i) => ({ ...line, text: `${i}:`.padEnd(size(i), '.') }));

describe('TimeOrder', () => {
  it('returns lines by time, and lines with the same time in the order of arrival, for any order and sizes', () => {
    const line = fc.record({ stream: fc.integer({ min: 0, max: 1 }), time: fc.integer({ min: 0, max: 40 }) });
    let late = 0;
    fc.assert(
      fc.property(
        fc.array(line, { maxLength: 300, size: 'max' }),
        fc.array(fc.integer({ min: 6, max: 60 }), { minLength: 1 }),
        fc.integer({ min: 0, max: 5 }),
        fc.boolean(),
        (unordered, sizes, step, small) => {
          const nearly = unordered.map(({ stream, time }, i) => ({ stream, time: time + i * step }));
          const lines = distinct(nearly, (i) => sizes[i % sizes.length] as number);
          try {
            const { given } = ordered(lines, small ? 500 : 100_000, 50);
            expect(given).toEqual([byTime(lines, 0), byTime(lines, 1)]);
          } catch (error) {
            if (!(error instanceof NotNearlyByTime)) throw error;
            expect(small).toBe(true);
            late += 1;
          }
        },
      ),
      { numRuns: 300, seed: 20261128 },
    );
    // Both outcomes must occur.
    expect(late).toBeGreaterThan(10);
    expect(late).toBeLessThan(200);
  });

  it('holds at most its capacity, also when lines with far times stay until the end', () => {
    const lines = distinct(
      Array.from({ length: 20_000 }, (_, i) => ({ stream: i % 50 === 0 ? 1 : 0, time: i % 100 === 7 ? 1e15 + i : i })),
      () => 20,
    );
    const { given, most } = ordered(lines, 20_000, 500);
    expect(given).toEqual([byTime(lines, 0), byTime(lines, 1)]);
    expect(most).toBeLessThanOrEqual(21_000);
  });

  it('returns few lines at a time, so that its caller can continue to read', () => {
    const [blockBytes, lineBytes, blocks] = [500, 20, 200];
    let given = 0;
    const order = new TimeOrder(50 * blockBytes, blockBytes, () => (given += 1));
    const atOnce: number[] = [];
    for (let i = 0; i < blocks; i += 1) {
      const before = given;
      order.newBlock();
      atOnce.push(given - before);
      for (let start = 0; start < blockBytes; start += lineBytes) {
        const line = i * (blockBytes / lineBytes) + start / lineBytes;
        order.add(0, 1_000 + line - (line % 17), start, start + lineBytes);
      }
    }
    expect(given).toBeGreaterThan(((blocks - 60) * blockBytes) / lineBytes);
    // All lines of a block and of its neighbours, whose lines the disorder mixes.
    expect(Math.max(...atOnce)).toBeLessThanOrEqual((3 * blockBytes) / lineBytes);
  });

  it('reports when a line is too late', () => {
    const lines = distinct(
      Array.from({ length: 1_000 }, (_, i) => ({ stream: 0, time: 1_000 - i })),
      () => 20,
    );
    expect(() => ordered(lines, 2_000, 500)).toThrow(NotNearlyByTime);
  });
});
