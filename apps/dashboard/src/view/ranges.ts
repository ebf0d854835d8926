import type { TimeRange } from '../results/results-reader';

const MS_PER_MINUTE = 60_000;
/**
 * The length of a step for each span, in milliseconds: fine enough to show changes, coarse enough to contain clicks.
 */
const STEPS = [
  { upToMs: 5 * MS_PER_MINUTE, stepMs: 10_000 },
  { upToMs: 15 * MS_PER_MINUTE, stepMs: 30_000 },
  { upToMs: Infinity, stepMs: 60_000 },
] as const;

/**
 * @param spanMs time span of the charts, in milliseconds
 * @param windowMs length of a window of the metrics
 * @returns length of a step of the charts: whole windows
 */
export function stepMs(spanMs: number, windowMs: number): number {
  const { stepMs: step } = STEPS.find(({ upToMs }) => spanMs <= upToMs) ?? STEPS[STEPS.length - 1]!;
  return Math.ceil(step / windowMs) * windowMs;
}

/**
 * @param minutes requested length
 * @param data start of the oldest known window, and end of the newest
 * @param windowMs length of a window of the metrics
 * @returns whole steps that end with the newest window. If a run is shorter than requested, the charts begin with its
 *   first window, in finer steps
 */
export function chartRange(
  minutes: number,
  data: { readonly start: number; readonly end: number },
  windowMs: number,
): TimeRange & { readonly stepMs: number } {
  const asked = minutes * MS_PER_MINUTE;
  const step = stepMs(Math.min(asked, data.end - data.start), windowMs);
  const to = Math.ceil(data.end / step) * step;
  const from = Math.max(to - Math.ceil(asked / step) * step, Math.floor(data.start / step) * step);
  return { from, to, stepMs: step };
}

/** @returns the quotient; null if the divisor is 0 */
export function ratio(part: number, whole: number): number | null {
  return whole > 0 ? part / whole : null;
}
