import { RateMeter } from './rate-meter';

describe('RateMeter', () => {
  it('measures over the last seconds only', () => {
    const meter = new RateMeter(10_000);
    for (let second = 0; second <= 60; second += 1)
      meter.sample(second <= 30 ? second * 100 : 3000 + (second - 30) * 10, second * 1000);
    expect(meter.perSecond()).toBeCloseTo(10, 5);
  });

  it('restarts when the counter restarts', () => {
    const meter = new RateMeter();
    meter.sample(1000, 0);
    meter.sample(0, 1000);
    expect(meter.perSecond()).toBe(0);
    meter.sample(50, 2000);
    expect(meter.perSecond()).toBe(50);
  });
});
