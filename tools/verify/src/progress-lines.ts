import { Progress } from '@ad-analytics/command-line/progress';
import type { VerifyOptions } from './verify-ledger';

/**
 * @param options `steps`: whether to name the steps that read nothing as well
 * @returns a listener that shows each step of a check once, and how far the reading is
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
