import type { RandomStream } from './random-stream';
import type { ResolvedSettings } from './settings';

/**
 * @param delay settings of it
 * @returns seconds from seeing an ad to clicking it, of a person: a log-normal time to read and decide on top of the
 *   least that eye and hand need
 */
export function clickDelay(
  random: RandomStream,
  { leastSeconds, medianSeconds, sigma }: ResolvedSettings['clickDelay'],
): number {
  return leastSeconds + random.logNormal(medianSeconds - leastSeconds, sigma);
}
