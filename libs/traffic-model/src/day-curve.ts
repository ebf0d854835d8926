const DAY_MS = 86_400_000;
/** Web traffic is at its greatest in the evening. */
const PEAK_HOUR = 20;

/**
 * @param epochMs time
 * @param depth 0: no curve; 1: down to nothing at the lowest
 * @returns factor on the mean rate at that time (UTC): 1 + depth at the peak, 1 on average over a day
 */
export function dayCurve(epochMs: number, depth: number): number {
  const turn = (epochMs % DAY_MS) / DAY_MS - PEAK_HOUR / 24;
  return 1 + depth * Math.cos(2 * Math.PI * turn);
}
