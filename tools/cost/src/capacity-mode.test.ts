import { compareModes, compareTableModes } from './capacity-mode';
import { SAMPLE_ASSUMPTIONS, SAMPLE_DEPLOYMENT, SAMPLE_TRAFFIC } from './sample-cost';
import { workload } from './workload';

describe('compareModes', () => {
  const load = workload(SAMPLE_TRAFFIC, { eventsPerSecond: 1000, windowSeconds: 60 });
  const [impressions] = compareModes(load, SAMPLE_DEPLOYMENT, SAMPLE_ASSUMPTIONS);

  it('needs a shard for each thousand records per second', () => {
    expect(impressions).toMatchObject({ role: 'impressions', shards: 1 });
    const [doubled] = compareModes(load, SAMPLE_DEPLOYMENT, { ...SAMPLE_ASSUMPTIONS, peakFactor: 2 });
    expect(doubled?.shards).toBe(2);
  });

  it('computes both modes', () => {
    // 29.20 + 2,255.6 GB × 0.08 + 2,255.6 GB × 0.04, and 10.95 + 2,365.2 million units × 0.014.
    expect(impressions?.onDemand).toBeCloseTo(29.2 + ((900 * 2_628_000) / 1_048_576) * 0.12, 6);
    expect(impressions?.provisioned).toBeCloseTo(10.95 + 900 * 2.628 * 0.014, 6);
  });

  it('finds the peak from which provisioned shards cost more', () => {
    // (299.87 - 33.11) / 10.95 = 24.36: 24 shards still cost less, 25 do not. 900/s × 26.67 is just above 24 shards.
    expect(impressions?.breakEvenPeakFactor).toBeCloseTo(26.67, 2);
  });
});

describe('compareTableModes', () => {
  const load = workload(SAMPLE_TRAFFIC, { eventsPerSecond: 1000, windowSeconds: 60 });

  it('computes writes on demand, and with provisioned capacity for the peak', () => {
    const mode = compareTableModes(load, { ...SAMPLE_ASSUMPTIONS, peakFactor: 2, utilization: 0.5 });
    // 61.1 results/s of 3 units; four times that for the peak and its reserve.
    expect(mode).toMatchObject({ unitsPerSecond: expect.closeTo(183.3, 6), capacity: 734 });
    expect(mode.onDemand).toBeCloseTo((183.3 * 2_628_000 * 0.625) / 1e6, 6);
    expect(mode.provisioned).toBeCloseTo(734 * 730 * 0.00065, 6);
  });

  it('finds the peak from which provisioned capacity costs more', () => {
    // On demand a unit costs 0.625 a million, of full capacity 0.00065 / 3,600 s: 3.46 times as much.
    expect(compareTableModes(load, SAMPLE_ASSUMPTIONS).breakEvenPeakFactor).toBeCloseTo(3.46, 2);
  });
});
