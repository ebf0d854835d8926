import { readFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from '@ad-analytics/setup/layout.cjs';
import { ASSUMPTIONS, KPU_SHARE } from './assumptions';

/** The part of a benchmark that this test reads. */
interface GraphBenchmark {
  readonly figures: readonly { readonly parallelism: number; readonly eventsPerSecond: { readonly median: number } }[];
}

it('expects at most the KPU share of the measured rate of one core', () => {
  const text = readFileSync(path.join(ROOT, 'docs/benchmarks/graph.json'), 'utf8');
  const { figures } = JSON.parse(text) as GraphBenchmark;
  const oneCore = figures.find(({ parallelism }) => parallelism === 1);
  expect(oneCore).toBeDefined();
  expect(ASSUMPTIONS.eventsPerKpu).toBeLessThanOrEqual(KPU_SHARE * (oneCore?.eventsPerSecond.median ?? 0));
});
