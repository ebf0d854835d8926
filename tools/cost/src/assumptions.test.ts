import { readFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from '@ad-analytics/setup/layout.cjs';
import { ASSUMPTIONS, KPU_SHARE } from './assumptions';

/** The part of a benchmark that this test reads. */
interface GraphBenchmark {
  readonly figures: readonly { readonly parallelism: number; readonly eventsPerSecond: { readonly median: number } }[];
}

interface SinkBenchmark {
  readonly figures: readonly { readonly batches: readonly { readonly records: number; readonly cpuMs: number }[] }[];
}

it('expects at least the measured CPU time of the warm sink', () => {
  const text = readFileSync(path.join(ROOT, 'docs/benchmarks/sink.json'), 'utf8');
  const { figures } = JSON.parse(text) as SinkBenchmark;
  expect(figures.length).toBeGreaterThan(0);
  for (const { batches } of figures) {
    // The first batch of a process contains its cold start.
    const warm = batches.slice(1);
    const sum = (of: (batch: (typeof warm)[number]) => number) => warm.reduce((total, batch) => total + of(batch), 0);
    expect(sum(({ cpuMs }) => cpuMs) / sum(({ records }) => records)).toBeLessThanOrEqual(
      ASSUMPTIONS.sinkCpuMsPerRecord,
    );
  }
});

it('expects at most the KPU share of the measured rate of one core', () => {
  const text = readFileSync(path.join(ROOT, 'docs/benchmarks/graph.json'), 'utf8');
  const { figures } = JSON.parse(text) as GraphBenchmark;
  const oneCore = figures.find(({ parallelism }) => parallelism === 1);
  expect(oneCore).toBeDefined();
  expect(ASSUMPTIONS.eventsPerKpu).toBeLessThanOrEqual(KPU_SHARE * (oneCore?.eventsPerSecond.median ?? 0));
});
