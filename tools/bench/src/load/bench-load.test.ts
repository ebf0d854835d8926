import { recoveredAt } from './bench-load';

const lags = (...values: (number | undefined)[]) =>
  values.map((lagMs, i) => ({ at: i * 10, ...(lagMs === undefined ? {} : { lagMs }) }));

describe('recoveredAt', () => {
  it('is the first of three samples in a row with a small lag after the overload', () => {
    expect(recoveredAt(lags(1, 1, 1, 9, 9, 2, 1, 1, 1), 30, 2)).toBe(50);
  });

  it('begins again when the lag rises', () => {
    expect(recoveredAt(lags(9, 1, 1, 9, 1, 1, 1), 0, 2)).toBe(40);
  });

  it('waits for enough samples, and ignores unknown lags', () => {
    expect(recoveredAt(lags(9, 1, 1), 0, 2)).toBeUndefined();
    expect(recoveredAt(lags(9, 1, undefined, 1, 1), 0, 2)).toBe(10);
  });
});
