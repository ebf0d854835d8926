/** Precision, recall and their harmonic mean; null if the divisor is 0. */
export interface Quality {
  readonly precision: number | null;
  readonly recall: number | null;
  readonly f1: number | null;
}

/** @returns part / whole, or null if the whole is 0 */
export function ratio(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole;
}

/**
 * @param counts `flagged`, of them `right`; `wanted`, of them `found`. The two pairs may count different things, as for actors:
 *   accused identities and attackers
 */
export function quality(counts: { flagged: number; right: number; wanted: number; found: number }): Quality {
  const precision = ratio(counts.right, counts.flagged);
  const recall = ratio(counts.found, counts.wanted);
  return { precision, recall, f1: harmonicMean(precision, recall) };
}

/** F1: null if one of both is not defined, 0 if one of both is 0. */
function harmonicMean(precision: number | null, recall: number | null): number | null {
  if (precision === null || recall === null) return null;
  return precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall);
}

/**
 * The nearest-rank percentile: the smallest value that is greater than or equal to this share of all values.
 * @param values in any order
 * @param share above 0, at most 1
 * @returns one of the values, or null for an empty list
 */
export function percentile(values: readonly number[], share: number): number | null {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.ceil(share * sorted.length) - 1] ?? null;
}
