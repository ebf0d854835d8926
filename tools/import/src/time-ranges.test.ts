import { type RowGroup, timeRanges } from './time-ranges';

/** @returns row groups of ten events, of which each lasts from a time to before another */
const groups = (spans: readonly (readonly [number, number])[]): RowGroup[] =>
  spans.map(([from, to]) => {
    const sample = Array.from({ length: 10 }, (_, i) => from + Math.floor((i * (to - from)) / 10));
    return { low: from, high: to - 1, events: 10, sample };
  });
const spans = (count: number, span: (i: number) => readonly [number, number]) =>
  groups(Array.from({ length: count }, (_, i) => span(i)));

describe('timeRanges', () => {
  it('cuts a log in the order of time into parts of about the wanted size, without a gap', () => {
    const ranges = timeRanges(
      spans(20, (i) => [i * 100, (i + 1) * 100]),
      50,
    );
    expect(ranges).toEqual([
      { from: 0, to: 500 },
      { from: 500, to: 1_000 },
      { from: 1_000, to: 1_500 },
      { from: 1_500, to: 2_000 },
    ]);
  });

  it('cuts several files that each are in the order of time', () =>
    expect(
      timeRanges(
        spans(40, (i) => [(i % 20) * 100, ((i % 20) + 1) * 100]),
        100,
      ),
    ).toHaveLength(4));

  it('does not cut a log in another order: each part would read all of it', () =>
    expect(
      timeRanges(
        spans(20, () => [0, 2_000]),
        20,
      ),
    ).toEqual([{ from: 0, to: 2_000 }]));

  it('does not cut within one millisecond', () =>
    expect(
      timeRanges(
        spans(20, () => [7, 8]),
        50,
      ),
    ).toEqual([{ from: 7, to: 8 }]));

  it('has no part without events', () => expect(timeRanges([{ low: 0, high: 0, events: 0, sample: [] }])).toEqual([]));
});
