/** Several measurements of one thing. */
export interface Spread {
  readonly median: number;
  readonly least: number;
  readonly greatest: number;
  readonly runs: number;
}

/** @param values at least one @returns their median, and how far they lie apart */
export function spreadOf(values: readonly number[]): Spread {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  const [low, high] = [sorted[Math.ceil(middle) - 1], sorted[Math.floor(middle)]];
  if (low === undefined || high === undefined) throw new RangeError('The measurements are missing.');
  return { median: (low + high) / 2, least: sorted[0]!, greatest: sorted.at(-1)!, runs: values.length };
}

/** @returns for example "123 (118 to 131)"; only the figure where there is one run */
export function spreadText({ median, least, greatest, runs }: Spread, digits = 0): string {
  const text = (value: number) =>
    value.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits });
  return runs === 1 ? text(median) : `${text(median)} (${text(least)} to ${text(greatest)})`;
}
