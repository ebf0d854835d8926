import { copyFileSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { projectEnvironment } from '@ad-analytics/local-stack/environment';
import { withLocalStack } from '@ad-analytics/local-stack/stack';
import { RECORDED_SETTINGS } from '@ad-analytics/pipeline/run-recorded';
import { type StackFlags, stackOptions } from '@ad-analytics/local-stack/stack-options';
import { checkBrokenSettings } from './broken-settings';
import type { CheckList } from '@ad-analytics/command-line/check-list';
import { checkDashboard } from './dashboard/check-dashboard';
import { checkIndependently, checkSameRecords } from '@ad-analytics/verify/independent-check';
import { checkCredentials } from './isolation/check-isolation';
import { createUserAws, withEnvironment } from './isolation/user-aws';
import { checkTutorial } from './tutorial';
import { checkDemo, checkKilledPart } from './lifecycle';
import { copyProject } from './project-copy';
import { checkPrivacy, PRIVACY_SETTINGS } from './privacy/check-privacy';
import { checkRecordedRun } from './recorded-run';
import { checkReported } from './reported/check-reported';
import { REPORTED_SETTINGS } from './reported/reported-cases';

/** Parts of the end-to-end run. */
export const E2E_PARTS = ['recorded', 'reported', 'dashboard', 'commands', 'privacy'] as const;
export type E2ePart = (typeof E2E_PARTS)[number];

/** The second recorded run would add a minute to each whole run; tests of Java, Python and `verify` cover its parts. */
const ONLY_IF_NAMED: readonly E2ePart[] = ['privacy'];

/** Parts of the end-to-end run, and its pictures. */
export interface E2eOptions {
  /** All parts but `privacy` if undefined. */
  readonly parts?: readonly E2ePart[] | undefined;
  /** Folder for pictures of the dashboard; without it, no pictures are taken. */
  readonly screenshots?: string | undefined;
}

const say = (line: string) => console.error(`. ${line}`);

async function checkRecorded(
  flags: StackFlags,
  checks: CheckList,
  interrupted: AbortSignal,
  secrets: readonly string[],
): Promise<void> {
  const rest = { restart: 'none', onProgress: say, logCredentials: true } as const;
  const options = stackOptions('e2e', flags, rest, RECORDED_SETTINGS);
  await withLocalStack(options, interrupted, async (stack) => {
    await checks.part('broken settings can be tried', () => checkBrokenSettings(stack, checks));
    await checkRecordedRun(stack, checks, interrupted);
    await checks.part('the results can be computed independently', () =>
      checkIndependently(stack, checks, interrupted),
    );
    const results = path.join(stack.runFolder, 'traffic', 'results.jsonl');
    await checks.part('the results can be archived', async () => {
      // DuckDB is a native library: the other commands need not load it.
      const { checkArchive } = await import('@ad-analytics/archive/check-archive');
      await checkArchive(results, stack.runFolder, checks);
    });
    checkCredentials(stack.runFolder, secrets, checks);
  });
}

/** Logs of the kinds that real systems were reported to fail on. */
async function checkReportedLogs(flags: StackFlags, checks: CheckList, interrupted: AbortSignal): Promise<void> {
  const settings = { ...RECORDED_SETTINGS, ...REPORTED_SETTINGS };
  const options = stackOptions('e2e-reported', flags, { restart: 'none', onProgress: say }, settings);
  await withLocalStack(options, interrupted, async (stack) => {
    await checkReported(stack, options.shards, checks, interrupted);
    await checks.part('the results of the reported logs can be computed independently', async () => {
      await checkSameRecords(stack, checks, interrupted);
    });
    await checks.part('logs of other forms go from the file to the page', async () => {
      // DuckDB is a native library: the other parts need not load it.
      const { checkOwnLogs } = await import('./own-logs/check-own-logs');
      await checkOwnLogs(stack, options.shards, checks, interrupted);
    });
  });
}

/** Results with pseudonyms and networks. */
async function checkPrivateResults(flags: StackFlags, checks: CheckList, interrupted: AbortSignal): Promise<void> {
  const settings = { ...RECORDED_SETTINGS, ...PRIVACY_SETTINGS };
  const options = stackOptions('e2e-privacy', flags, { restart: 'none', onProgress: say }, settings);
  await withLocalStack(options, interrupted, (stack) => checkPrivacy(stack, checks, interrupted));
}

/** The commands as a user calls them, in a copy of the project whose path has a space. */
async function checkCommands(
  flags: StackFlags,
  checks: CheckList,
  interrupted: AbortSignal,
  secrets: readonly string[],
): Promise<void> {
  const folder = mkdtempSync(path.join(realpathSync(os.tmpdir()), 'ad analytics e2e '));
  const copy = path.join(folder, 'path with a space');
  const packageZip = path.join(copy, 'application.zip');
  const target = { root: copy, packageZip, interrupted, secrets };
  try {
    copyProject(copy);
    copyFileSync(flags.package ?? projectEnvironment().packageZip, packageZip);
    say(`Trying the commands in ${copy}`);
    await checks.part('the demo can be tried', () => checkDemo(target, checks));
    interrupted.throwIfAborted();
    await checks.part('the tutorial can be followed', () => checkTutorial(target, checks));
    interrupted.throwIfAborted();
    await checks.part('a killed part can be tried', () => checkKilledPart(target, checks));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * Runs the packaged application end to end and checks what comes out. Meanwhile the environment has AWS settings of a made-up user, as a
 * developer's shell may have them, and nothing may use them.
 * @param flags of the stacks
 * @param checks takes every check
 * @param interrupted ends it
 * @param options see E2eOptions
 * @throws the signal's reason
 */
export async function runE2e(
  flags: StackFlags,
  checks: CheckList,
  interrupted: AbortSignal,
  options: E2eOptions = {},
): Promise<void> {
  const user = await createUserAws();
  const { secrets } = user;
  const parts: Readonly<Record<E2ePart, readonly [what: string, work: () => Promise<void>]>> = {
    reported: ['the reported logs can be run', () => checkReportedLogs(flags, checks, interrupted)],
    recorded: ['the recorded run reaches its end', () => checkRecorded(flags, checks, interrupted, secrets)],
    dashboard: [
      'the dashboard can be tried',
      () => checkDashboard(flags, checks, interrupted, { pictures: options.screenshots, secrets }),
    ],
    commands: ['the commands can be tried', () => checkCommands(flags, checks, interrupted, secrets)],
    privacy: ['results can have pseudonyms', () => checkPrivateResults(flags, checks, interrupted)],
  };
  try {
    await withEnvironment(user.environment, async () => {
      for (const part of options.parts ?? E2E_PARTS.filter((name) => !ONLY_IF_NAMED.includes(name))) {
        await checks.part(...parts[part]);
        interrupted.throwIfAborted();
      }
    });
    checks.equal("nothing used the user's AWS endpoints, profile or metadata services", user.uses(), []);
  } finally {
    await user.close();
  }
}
