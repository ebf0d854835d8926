/** Values of a distribution that the report shows. */
export interface Percentiles {
  readonly count: number;
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly max: number;
}

/**
 * @param values in any order
 * @returns percentiles by nearest rank: the least value that so many percent of all values do not exceed; undefined without values
 */
export function percentilesOf(values: readonly number[]): Percentiles | undefined {
  const sorted = Float64Array.from(values).sort();
  const max = sorted.at(-1);
  if (max === undefined) return undefined;
  const at = (percent: number) => sorted[Math.ceil((percent / 100) * sorted.length) - 1] ?? max;
  return { count: sorted.length, p50: at(50), p95: at(95), p99: at(99), max };
}
