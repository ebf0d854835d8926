import { sparklinePath } from './sparkline-path';

describe('sparklinePath', () => {
  it('leaves a gap where a value is missing', () => {
    expect(sparklinePath([1, 2, null, 2])).toBe('M2.0 11.0L30.0 2.0M86.0 2.0');
  });

  it('draws nothing without values', () => {
    expect([sparklinePath([]), sparklinePath([null, null]), sparklinePath([0, 0])]).toEqual(['', '', '']);
  });
});
