import { findings } from './latency-findings';

const PLAN = {
  rate: 1_000,
  seed: 1,
  runs: 2,
  warmUpSeconds: 60,
  seconds: 120,
  tailSeconds: 15,
  shards: 2,
  parallelism: 2,
  managedMemory: 512,
  taskHeap: 512,
  checkpointSeconds: 10,
  configOverrides: {},
};
const at = (value: number) => ({ count: 10, p50: value, p95: value + 1, p99: value + 2, max: value + 3 });
const run = (ms: number) => ({
  types: [
    { type: 'attributed_click' as const, fromDue: at(5_000 + ms), pastWatermark: at(ms) },
    { type: 'rejected_event' as const, fromDue: at(300), pastWatermark: undefined },
  ],
  around: { generator: at(60), put: at(5), get: undefined },
});

describe('findings', () => {
  const { tables, plots, skipped } = findings(PLAN, [run(600), run(800)]);

  it('shows the median and the range of the runs, and all results', () => {
    expect(tables[0]?.rows[0]).toEqual([
      'attributed_click',
      'time of the click',
      '20',
      '5,700 (5,600 to 5,800)',
      '5,701 (5,601 to 5,801)',
      '5,702 (5,602 to 5,802)',
      '5,703 (5,603 to 5,803)',
    ]);
  });

  it('shows the delay after the watermark only for results that wait for it', () => {
    expect(tables[1]?.rows.map(([type]) => type)).toEqual(['attributed_click']);
    expect(tables[1]?.rows[0]?.[3]).toBe('700 (600 to 800)');
  });

  it('names the record types that did not occur, and draws the others', () => {
    expect(skipped.map(({ what }) => what)).toContain('fraud_alert');
    expect(skipped.map(({ what }) => what)).not.toContain('rejected_event');
    expect(plots[0]?.series.map(({ points }) => points.map(({ x }) => x))).toEqual(
      ['p50', 'p95', 'p99'].map(() => ['attributed_click', 'rejected_event']),
    );
    expect(tables[2]?.rows).toHaveLength(2);
  });
});
