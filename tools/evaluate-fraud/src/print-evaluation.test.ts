import { decimal, percent, seconds } from './print-evaluation';

describe('figures as text', () => {
  it.each([
    [null, '-'],
    [0, '0.00 %'],
    [0.00001, '< 0.01 %'],
    [0.0012, '0.12 %'],
    [0.01, '1.0 %'],
    [0.12345, '12.3 %'],
    [0.9994, '99.9 %'],
    [0.99996, '> 99.9 %'],
    [1, '100.0 %'],
  ])('%p as a share is %j', (value, text) => expect(percent(value)).toBe(text));

  it('shows an undefined value as a dash', () => expect([decimal(null), seconds(null)]).toEqual(['-', '-']));
});
