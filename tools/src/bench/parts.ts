/** The parts of the benchmarks, in the order of the report. */
export const PARTS = ['graph', 'beside', 'state', 'growth'] as const;

export type PartName = (typeof PARTS)[number];
