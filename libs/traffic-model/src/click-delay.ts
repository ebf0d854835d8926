import type { RandomStream } from './random-stream';
import type { ResolvedSettings } from './settings';

/**
 * @param delay settings of the delay
 * @returns seconds between a person's view of an ad and the click: a minimum reaction time plus a log-normal time to read and decide
 */
export function clickDelay(
  random: RandomStream,
  { leastSeconds, medianSeconds, sigma }: ResolvedSettings['clickDelay'],
): number {
  return leastSeconds + random.logNormal(medianSeconds - leastSeconds, sigma);
}
