import { setTimeout as sleep } from 'node:timers/promises';
import type { Target } from './scenario';

/** Waits until a moment that the seed draws between two times, in milliseconds from now. */
export async function anyMoment({ choice, signal }: Pick<Target, 'choice' | 'signal'>, from: number, to: number) {
  await sleep(from + choice.below(to - from), undefined, { signal });
}
