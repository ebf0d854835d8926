/** The parts of the benchmarks, in the order of the report. */
export const PARTS = ['graph', 'beside'] as const;

export type PartName = (typeof PARTS)[number];
