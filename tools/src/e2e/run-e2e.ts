import { copyFileSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { withLocalStack } from '../local-stack/stack';
import { RECORDED_SETTINGS } from '../pipeline/run-recorded';
import { type StackFlags, stackOptions } from '../stack-options';
import { checkBrokenSettings } from './broken-settings';
import type { CheckList } from './check-list';
import { checkIndependently } from './independent-check';
import { checkDemo, checkKilledPart } from './lifecycle';
import { copyProject } from './project-copy';
import { checkRecordedRun } from './recorded-run';

/**
 * Runs the packaged application end to end and checks what comes out.
 * @param flags of the stack for the recorded run
 * @param checks takes every check
 * @param interrupted ends it
 * @throws the signal's reason
 */
export async function runE2e(flags: StackFlags, checks: CheckList, interrupted: AbortSignal): Promise<void> {
  const say = (line: string) => console.error(`. ${line}`);
  const options = stackOptions('e2e', flags, { restart: 'none', onProgress: say }, RECORDED_SETTINGS);
  await checks.part('the recorded run reaches its end', () =>
    withLocalStack(options, interrupted, async (stack) => {
      await checks.part('broken settings can be tried', () => checkBrokenSettings(stack, checks));
      await checkRecordedRun(stack, checks, interrupted);
      await checks.part('the results can be computed independently', () =>
        checkIndependently(stack, checks, interrupted),
      );
    }),
  );
  interrupted.throwIfAborted();
  const folder = mkdtempSync(path.join(realpathSync(os.tmpdir()), 'ad analytics e2e '));
  const copy = path.join(folder, 'path with a space');
  const packageZip = path.join(copy, 'application.zip');
  const target = { root: copy, packageZip, interrupted };
  try {
    copyProject(copy);
    copyFileSync(options.packageZip, packageZip);
    say(`Trying the commands in ${copy}`);
    await checks.part('the demo can be tried', () => checkDemo(target, checks));
    interrupted.throwIfAborted();
    await checks.part('a killed part can be tried', () => checkKilledPart(target, checks));
    interrupted.throwIfAborted();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
