import { AdaptiveRate } from './adaptive-rate';

/** Reports a response every 100 ms that took all it was sent. */
function acceptFor(rate: AdaptiveRate, from: number, to: number, each: number): void {
  for (let now = from; now < to; now += 100) {
    rate.onSend(now, each);
    rate.onResponse(now, each, 0);
  }
}

it('is unlimited until the stream throttles', () => {
  const rate = new AdaptiveRate();
  acceptFor(rate, 0, 10_000, 500);
  expect(rate.current).toBeNull();
  expect(rate.maxBatch).toBe(Infinity);
  expect(rate.delay(10_000)).toBe(0);
});

it('falls to a share of what the stream took last', () => {
  const rate = new AdaptiveRate();
  acceptFor(rate, 0, 3_000, 100);
  rate.onSend(3_000, 200);
  rate.onResponse(3_000, 100, 100);
  expect(rate.current).toBeCloseTo(700, -1);
});

it('counts refusals within the interval as one, and later ones again', () => {
  const rate = new AdaptiveRate();
  acceptFor(rate, 0, 3_000, 100);
  rate.onResponse(3_000, 100, 100);
  const first = rate.current as number;
  rate.onResponse(3_400, 100, 100);
  expect(rate.current).toBe(first);
  rate.onResponse(3_600, 0, 100);
  expect(rate.current).toBeLessThan(first);
});

it('is back at the old rate after the time that CUBIC takes, and goes on past it', () => {
  const rate = new AdaptiveRate();
  acceptFor(rate, 0, 3_000, 100);
  rate.onSend(3_000, 100);
  rate.onResponse(3_000, 100, 1);
  const peak = (rate.current as number) / 0.7;
  // RFC 9438: K is the cube root of peak * (1 - 0.7) / 0.4.
  const backAt = 3_000 + Math.cbrt((peak * 0.3) / 0.4) * 1_000;
  rate.onResponse(backAt, 10, 0);
  expect(rate.current).toBeCloseTo(peak);
  rate.onResponse(backAt + 10_000, 10, 0);
  expect(rate.current).toBeCloseTo(peak + 400);
});

it('recovers when the very first answer refused everything', () => {
  const rate = new AdaptiveRate();
  rate.onSend(0, 500);
  rate.onResponse(10, 0, 500);
  expect(rate.current).toBe(10);
  rate.onResponse(20_010, 2, 0);
  expect(rate.current).toBeGreaterThan(1_000);
});

it('does not take quiet time for a slow stream', () => {
  const rate = new AdaptiveRate();
  acceptFor(rate, 0, 2_000, 50);
  rate.onSend(600_000, 500);
  rate.onResponse(600_010, 400, 100);
  expect(rate.current).toBeCloseTo(280);
});

it('never falls below the least rate, and does not grow while the stream refuses records', () => {
  const rate = new AdaptiveRate({ minRate: 5, decreaseFactor: 0.5, growth: 0.4, decreaseIntervalMs: 100 });
  for (let now = 0; now < 60_000; now += 1_000) rate.onResponse(now, 0, 10);
  expect(rate.current).toBe(5);
});

it('spaces the requests by their size, and keeps each short', () => {
  const rate = new AdaptiveRate();
  acceptFor(rate, 0, 3_000, 100);
  rate.onResponse(3_000, 100, 1);
  const perSecond = rate.current as number;
  expect(rate.maxBatch).toBe(Math.floor(perSecond / 4));
  rate.onSend(3_000, 70);
  expect(rate.delay(3_000)).toBeCloseTo((70 / perSecond) * 1_000);
  expect(rate.delay(4_000)).toBe(0);
});
