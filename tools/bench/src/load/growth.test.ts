import { growthOf } from './growth';

const SPAN = { from: 0, to: 400 };
const MEDIAN = { statistic: 'median', allowance: 0 } as const;
const every10 = (value: (at: number) => number) =>
  Array.from({ length: 40 }, (_, i) => ({ at: i * 10, value: value(i * 10) }));

describe('growthOf', () => {
  it('sees a steady growth', () => {
    const growth = growthOf(
      every10((at) => 100 + at / 4),
      SPAN,
      MEDIAN,
    );
    expect(growth).toEqual({ first: 111.25, last: 186.25, grew: true });
  });

  it('does not take noise of a tenth for growth, and not what the allowance covers', () => {
    expect(
      growthOf(
        every10((at) => (at < 200 ? 100 : 109)),
        SPAN,
        MEDIAN,
      )?.grew,
    ).toBe(false);
    expect(
      growthOf(
        every10((at) => (at < 200 ? 100 : 130)),
        SPAN,
        MEDIAN,
      )?.grew,
    ).toBe(true);
    expect(
      growthOf(
        every10((at) => (at < 200 ? 100 : 130)),
        SPAN,
        { ...MEDIAN, allowance: 25 },
      )?.grew,
    ).toBe(false);
  });

  it('compares the least values of what rises and falls', () => {
    const teeth = every10((at) => 100 + (at % 100) * (1 + at / 100));
    expect(growthOf(teeth, SPAN, MEDIAN)?.grew).toBe(true);
    expect(growthOf(teeth, SPAN, { statistic: 'least', allowance: 0 })).toEqual({ first: 100, last: 100, grew: false });
  });

  it('ignores values outside the span, and needs both quarters', () => {
    expect(growthOf([{ at: -1, value: 1 }, ...every10(() => 5), { at: 400, value: 99 }], SPAN, MEDIAN)).toEqual({
      first: 5,
      last: 5,
      grew: false,
    });
    expect(growthOf([{ at: 10, value: 1 }], SPAN, MEDIAN)).toBeUndefined();
  });
});
