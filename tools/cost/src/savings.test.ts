import { savings } from './savings';
import { SAMPLE_ASSUMPTIONS, SAMPLE_DEPLOYMENT, SAMPLE_TRAFFIC } from './sample-cost';
import { workload } from './workload';

const load = workload(SAMPLE_TRAFFIC, { eventsPerSecond: 1000, windowSeconds: 60 });
const MONTH = 2_628_000;
const saved = (name: string) =>
  savings(load, SAMPLE_DEPLOYMENT, SAMPLE_ASSUMPTIONS).find((saving) => saving.name.startsWith(name))?.saved;

describe('savings', () => {
  it('compute what each change saves', () => {
    const gigabytes = (10 * 2 * 86_400 * 1024) / 1024 ** 3;
    const writes = (10 * 3 * MONTH * 0.625) / 1e6;
    expect(saved('user_engagement not in DynamoDB')).toBeCloseTo(writes + gigabytes * (3 * 0.25 + 0.2), 6);
    expect(saved('no Redshift')).toBeCloseTo(
      4 * 730 * 0.375 + ((61.1 * MONTH) / 1_048_576) * 0.04 + ((MONTH / 300) * 1 * 0.03) / 10_000,
      4,
    );
    expect(saved('no point-in-time')).toBeGreaterThan(0);
    // 61.1 results/s of 1 KB: not 5 KB each at two prices, and partitions, but the KB at one.
    const results = (61.1 * MONTH) / 1_048_576;
    const objects = 2 * (8 - 1) * (MONTH / 60) * 0.000005 + (MONTH / 60) * 0.000005;
    expect(saved('archive only')).toBeCloseTo(results * (5 * (0.029 + 0.018) + 0.02 - 0.075) + objects, 4);
    // One KPU instead of two, and its storage.
    expect(saved('as few KPUs')).toBeCloseTo(730 * 0.11 + 5, 6);
  });

  it('compute On-demand Advantage with what it commits to', () => {
    const gigabytes = (perSecond: number) => (perSecond * MONTH) / 1_048_576;
    // 1,061.1 KB/s in are far below 25 MB/s, so that it would cost more than it saves.
    expect(saved('streams with On-demand Advantage')).toBeUndefined();
    const much = workload(SAMPLE_TRAFFIC, { eventsPerSecond: 100_000, windowSeconds: 60 });
    const saving = savings(much, SAMPLE_DEPLOYMENT, SAMPLE_ASSUMPTIONS).find(({ name }) => name.includes('Advantage'));
    // 100 times the events; of the results all but 1.1/s follow them. Data in and out cost 60 % less, and no stream-hours.
    const [dataIn, dataOut] = [100_000 + 6001.1, 100_000 + 3 * 6001.1];
    expect(saving?.saved).toBeCloseTo(gigabytes(dataIn) * 0.048 + gigabytes(dataOut) * 0.024 + 3 * 29.2, 4);
  });

  it('come with the greatest first, and without what saves nothing', () => {
    const all = savings(load, SAMPLE_DEPLOYMENT, SAMPLE_ASSUMPTIONS).map((saving) => saving.saved);
    expect(all).toEqual([...all].sort((a, b) => b - a));
    expect(Math.min(...all)).toBeGreaterThan(0);
    const { redshift: _, ...without } = SAMPLE_DEPLOYMENT;
    expect(savings(load, without, SAMPLE_ASSUMPTIONS).map(({ name }) => name)).not.toContain('no Redshift');
  });
});
