/** The parts of the benchmarks, in the order of the report. */
export const PARTS = [
  'graph',
  'job',
  'beside',
  'state',
  'growth',
  'latency',
  'load',
  'generator',
  'sink',
  'dashboard',
  'import',
] as const;

export type PartName = (typeof PARTS)[number];
