/** Milliseconds of a step of the charts, for each range: fine enough to see change, coarse enough to hold clicks. */
const STEP_MS = { 5: 10_000, 15: 30_000, 60: 60_000 } as const;

/**
 * @param minutes range
 * @param windowMs length of a window of the metrics
 * @returns length of a step of the charts: whole windows
 */
export function stepMs(minutes: keyof typeof STEP_MS, windowMs: number): number {
  return Math.ceil(STEP_MS[minutes] / windowMs) * windowMs;
}

/** @returns the quotient; null where there is nothing to divide by */
export function ratio(part: number, whole: number): number | null {
  return whole > 0 ? part / whole : null;
}
