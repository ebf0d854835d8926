import { limits } from './limits';
import { SAMPLE_ASSUMPTIONS, SAMPLE_DEPLOYMENT, SAMPLE_TRAFFIC } from './sample-cost';
import { workload } from './workload';

describe('limits', () => {
  const of = (eventsPerSecond: number, deployment = SAMPLE_DEPLOYMENT) =>
    limits(workload(SAMPLE_TRAFFIC, { eventsPerSecond, windowSeconds: 60 }), deployment, SAMPLE_ASSUMPTIONS);

  it('contain the needed and the available amounts', () => {
    const limit = of(100_000).find(({ name }) => name === 'KPUs of the application');
    // 100,000 events/s, 2,700 for a KPU, and one for the orchestration.
    expect(limit).toMatchObject({ needed: 39, available: 64 });
    expect(of(1000).find(({ name }) => name === 'writes of the table')?.needed).toBeCloseTo(61.1 * 3, 6);
  });

  it('use the number of provisioned shards', () => {
    const shards = { impressions: 3, clicks: 1, results: 1 };
    const provisioned = { ...SAMPLE_DEPLOYMENT, streams: { mode: 'PROVISIONED' as const, retentionHours: 24, shards } };
    const limit = of(10_000, provisioned).find(({ name }) => name === 'shards of impressions');
    expect(limit).toMatchObject({ needed: 9, available: 3 });
  });

  it('use the limit of the table if it has one', () => {
    const table = { pointInTimeRecovery: true, maxWriteUnits: 500 };
    const available = (deployment: typeof SAMPLE_DEPLOYMENT) =>
      of(1000, deployment).find(({ name }) => name === 'writes of the table')?.available;
    expect(available(SAMPLE_DEPLOYMENT)).toBe(40_000);
    expect(available({ ...SAMPLE_DEPLOYMENT, table })).toBe(500);
  });

  it('begin with the first limit that is reached', () => {
    const shares = of(50_000).map(({ needed, available }) => needed / available);
    expect(shares).toEqual([...shares].sort((a, b) => b - a));
  });
});
