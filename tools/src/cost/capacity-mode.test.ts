import { compareModes } from './capacity-mode';
import { SAMPLE_ASSUMPTIONS, SAMPLE_DEPLOYMENT, SAMPLE_TRAFFIC } from './sample-cost';
import { workload } from './workload';

describe('compareModes', () => {
  const load = workload(SAMPLE_TRAFFIC, { eventsPerSecond: 1000, windowSeconds: 60 });
  const [impressions] = compareModes(load, SAMPLE_DEPLOYMENT, SAMPLE_ASSUMPTIONS);

  it('needs a shard for each thousand records a second', () => {
    expect(impressions).toMatchObject({ role: 'impressions', shards: 1 });
    const [doubled] = compareModes(load, SAMPLE_DEPLOYMENT, { ...SAMPLE_ASSUMPTIONS, peakFactor: 2 });
    expect(doubled?.shards).toBe(2);
  });

  it('reckons both modes', () => {
    // 29.20 + 2,255.6 GB × 0.08 + 2,255.6 GB × 0.04, and 10.95 + 2,365.2 million units × 0.014.
    expect(impressions?.onDemand).toBeCloseTo(29.2 + ((900 * 2_628_000) / 1_048_576) * 0.12, 6);
    expect(impressions?.provisioned).toBeCloseTo(10.95 + 900 * 2.628 * 0.014, 6);
  });

  it('finds the peak from which shards for it cost more', () => {
    // (299.87 - 33.11) / 10.95 = 24.36: 24 shards still cost less, 25 do not. 900/s × 26.67 is just above 24 shards.
    expect(impressions?.breakEvenPeakFactor).toBeCloseTo(26.67, 2);
  });
});
