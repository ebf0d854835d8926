import type { PartResult } from './part-result';

/** A result for tests. */
export const SAMPLE_PART: PartResult = {
  part: 'graph',
  title: 'The job graph',
  command: 'npx nx run tools:bench-graph',
  measuredAt: '2026-11-27T21:00:00.000Z',
  commit: 'abc1234',
  machine: { cpu: 'A processor', cores: 2, memoryGiB: 24, system: 'Linux 6', node: 'v22.0.0', java: '17.0.1' },
  load: { before: 0.4, after: 2.1 },
  beside: 'nothing',
  settings: { events: 2_000_000 },
  notes: ['One shard for each subtask.'],
  tables: [{ title: 'Whole job', head: ['parallelism', 'µs'], rows: [['1', '98.7']] }],
  plots: [
    {
      name: 'threads',
      title: 'CPU time <by> thread',
      kind: 'bars',
      xLabel: 'thread',
      yLabel: 'µs',
      series: [{ name: 'one', points: [{ x: 'a & b', y: 3, least: 2, greatest: 4 }] }],
    },
  ],
  skipped: [{ what: 'Pathway', reason: 'it cannot be installed' }],
  figures: [],
};
