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

interface StateBenchmark {
  readonly figures: {
    readonly runs: readonly (readonly { readonly liveImpressions: number; readonly stateBytes: number }[])[];
  };
}

/** The attribution window of bench-state, in seconds. */
const ATTRIBUTION_WINDOW = 600;

it('expects more state than the greatest that was measured', () => {
  const text = readFileSync(path.join(ROOT, 'docs/benchmarks/state.json'), 'utf8');
  const points = (JSON.parse(text) as StateBenchmark).figures.runs.flat();
  // Without the clicks, so this overstates the bytes per event slightly.
  const measured = points.map(({ liveImpressions, stateBytes }) => (stateBytes / liveImpressions) * ATTRIBUTION_WINDOW);
  expect(measured.length).toBeGreaterThan(0);
  expect(ASSUMPTIONS.stateBytesPerEventPerSecond).toBeGreaterThanOrEqual(Math.max(...measured));
});

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
