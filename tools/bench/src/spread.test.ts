import { spreadOf, spreadText } from './spread';

describe('spreadOf', () => {
  it('is the median of an odd and of an even number of values, and the ends', () => {
    expect(spreadOf([3, 1, 10])).toEqual({ median: 3, least: 1, greatest: 10, runs: 3 });
    expect(spreadOf([4, 1, 2, 10]).median).toBe(3);
  });

  it('refuses no value', () => {
    expect(() => spreadOf([])).toThrow(RangeError);
  });
});

describe('spreadText', () => {
  it('shows the ends where there are several runs', () => {
    expect(spreadText(spreadOf([1000, 3000, 2000]))).toBe('2,000 (1,000 to 3,000)');
    expect(spreadText(spreadOf([12.34]), 1)).toBe('12.3');
  });
});
