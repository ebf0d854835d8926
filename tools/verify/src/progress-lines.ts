import { Progress } from '@ad-analytics/command-line/progress';
import type { VerifyOptions } from './verify-ledger';

/**
 * @param options `steps`: whether to print also the steps that do not read records
 * @returns a listener that prints each step of a check once, and the progress of reading
 */
export function progressLines(options: { steps: boolean }): NonNullable<VerifyOptions['onProgress']> {
  let current = '';
  let progress: Progress | undefined;
  let last = 0;
  return (step, records) => {
    if (step !== current) {
      progress?.finish(last);
      progress = records === undefined ? undefined : new Progress(step);
      if (progress === undefined && options.steps) console.error(`. ${step}`);
      current = step;
    }
    last = records ?? 0;
    progress?.update(last);
  };
}
