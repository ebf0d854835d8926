const DAY_MS = 86_400_000;
/** Web traffic has its peak in the evening. */
const PEAK_HOUR = 20;

/**
 * @param epochMs time
 * @param depth 0: constant; 1: no traffic at the minimum
 * @returns factor of the mean rate at that time (UTC): 1 + depth at the peak, with the mean 1 over a day
 */
export function dayCurve(epochMs: number, depth: number): number {
  const turn = (epochMs % DAY_MS) / DAY_MS - PEAK_HOUR / 24;
  return 1 + depth * Math.cos(2 * Math.PI * turn);
}
