import { RateMeter } from './rate-meter';

describe('RateMeter', () => {
  it('measures only the recent past, and ignores the first count', () => {
    const meter = new RateMeter(10_000);
    expect(meter.perSecond(0)).toBeNull();
    meter.add(1_000_000, 0);
    expect(meter.perSecond(1_000)).toBeNull();
    meter.add(50, 5_000);
    expect(meter.perSecond(5_000)).toBe(10);
    meter.add(100, 15_000);
    expect(meter.perSecond(15_000)).toBe(10);
    expect(meter.perSecond(30_000)).toBe(0);
  });
});
