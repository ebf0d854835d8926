import path from 'node:path';
import type { CheckList } from '@ad-analytics/command-line/check-list';
import { CommandError } from '@ad-analytics/command-line/errors';
import { withLocalStack } from '@ad-analytics/local-stack/stack';
import { duration } from '@ad-analytics/command-line/progress';
import { type StackFlags, stackOptions } from '@ad-analytics/local-stack/stack-options';
import { SHORT_CASE, UPGRADE_CASES, UPGRADE_SETTINGS, type UpgradeCase } from './matrix';
import { readReleasedRun, releases, writeReleasedRun } from './released-run';
import { type CaseContext, makeReleasedRun, runCase } from './run-case';
import { SHARDS } from './traffic';

/** Stack options that the cases need: slots for the greatest parallelism, few checkpoints. */
export const UPGRADE_STACK = { shards: SHARDS, parallelism: 2, checkpointSeconds: 60 } as const;
/** Names of the cases, in their order. */
export const UPGRADE_CASE_NAMES: readonly string[] = Object.keys(UPGRADE_CASES);
/** Name of the released run, part of the names of its streams: the state holds them. */
const RELEASED = 'released';

async function inStack(
  flags: StackFlags,
  checks: CheckList,
  interrupted: AbortSignal,
  work: (context: CaseContext) => Promise<void>,
): Promise<void> {
  const say = (line: string) => console.error(`. ${line}`);
  const options = stackOptions('e2e-upgrade', flags, { restart: 'few', onProgress: say }, UPGRADE_SETTINGS);
  await withLocalStack(options, interrupted, (stack) =>
    work({ stack, checks, python: options.python, signal: interrupted, say }),
  );
}

/** @returns the context with the run of the latest release in it, if there is one */
async function withReleased(context: CaseContext): Promise<CaseContext> {
  const release = releases().at(-1);
  if (release === undefined) return context;
  const folder = path.join(context.stack.runFolder, 'released-savepoint');
  return { ...context, released: { release, ...(await readReleasedRun(release, folder, context.python)) } };
}

/**
 * Stops runs of the packaged application with a savepoint, changes something, continues, and checks that nothing is missing, extra or
 * differing; and that the job refuses changes that its state does not support.
 * @param flags of the stack; with those of UPGRADE_STACK
 * @param checks records every check
 * @param interrupted ends it
 * @param names of the cases; default: the short form
 * @throws the signal's reason
 */
export async function runUpgradeCheck(
  flags: StackFlags,
  checks: CheckList,
  interrupted: AbortSignal,
  names?: readonly string[],
): Promise<void> {
  const cases: Readonly<Record<string, UpgradeCase>> = UPGRADE_CASES;
  const chosen: [string, UpgradeCase][] =
    names === undefined
      ? [['short', SHORT_CASE]]
      : names.flatMap((name): [string, UpgradeCase][] => (cases[name] === undefined ? [] : [[name, cases[name]]]));
  await inStack(flags, checks, interrupted, async (stackContext) => {
    const context = await withReleased(stackContext);
    for (const [name, upgrade] of chosen) {
      const started = Date.now();
      if (upgrade.released === true && context.released === undefined) {
        checks.skip(`${name}: continues from a release`, 'no release has a savepoint yet');
        continue;
      }
      await checks.part(`${name}: the case reaches its end`, () => runCase(context, name, upgrade));
      interrupted.throwIfAborted();
      context.say(`Case ${name}: ${duration(Date.now() - started)}`);
    }
  });
}

/**
 * Runs the packaged application, stops it with a savepoint, and keeps that for the tests of later versions.
 * @param options `release` whose application it is; `replace`: also if it has one
 * @throws CommandError (exit code 2) when it has one and that may not be replaced
 */
export async function writeSavepoint(
  flags: StackFlags,
  checks: CheckList,
  interrupted: AbortSignal,
  { release, replace }: { release: string; replace: boolean },
): Promise<void> {
  if (!replace && releases().includes(release))
    throw new CommandError(
      `The release ${release} already has a savepoint, which must not change after publication. Before publication, use --replace.`,
      2,
    );
  await inStack(flags, checks, interrupted, async (context) => {
    const { run, savepoint } = await makeReleasedRun(context, RELEASED);
    const folder = await writeReleasedRun(release, run, savepoint, { replace, python: context.python });
    console.log(`Written: ${folder}`);
  });
}
