import { RecentValues } from './recent-values';

describe('RecentValues', () => {
  it('has the median of the latest', () => {
    const values = new RecentValues(3);
    expect(values.median()).toBeUndefined();
    for (const value of [1000, 1000, 3, 1, 2]) values.add(value);
    expect(values.median()).toBe(2);
  });
});
