import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { CheckList } from '@ad-analytics/command-line/check-list';
import { checkHostileRecords } from '../hostile-check/check-hostile-records';
import { withLocalStack } from '@ad-analytics/local-stack/stack';
import { RECORDED_SETTINGS } from '@ad-analytics/pipeline/run-recorded';
import { type StackFlags, stackOptions } from '@ad-analytics/local-stack/stack-options';
import { checkRandomRecords } from './check-random-records';
import { SMALL_SETTINGS } from './scenario';

/** Stack options for this check: with several shards, the job does not read the inputs in step. */
export const RANDOM_STACK = { shards: 4, checkpointSeconds: 60 } as const;
/** Enough records to violate every rule and to produce every reason. */
export const RANDOM_SCENARIOS = 400;
/** Enough for each kind of hostile record; e2e-hostile runs any number. */
const HOSTILE_RECORDS = 3_000;

/** Upper bound of a random seed. */
const SEEDS = 2 ** 31;

/**
 * Runs random inputs, and then some hostile records, through the packaged application and compares every result with the independent
 * computation.
 * @param flags of the stack
 * @param checks records every check
 * @param interrupted ends it
 * @param plan `seed` of the inputs, drawn when absent, and how many `scenarios`
 */
export async function runRandomCheck(
  flags: StackFlags,
  checks: CheckList,
  interrupted: AbortSignal,
  {
    seed = Math.floor(Math.random() * SEEDS),
    scenarios = RANDOM_SCENARIOS,
  }: { seed?: number; scenarios?: number } = {},
): Promise<void> {
  console.log(`Seed ${seed}; repeat with: npx nx run tools:e2e-random -- --seed ${seed}`);
  const say = (line: string) => console.error(`. ${line}`);
  const settings = { ...RECORDED_SETTINGS, ...SMALL_SETTINGS };
  const options = stackOptions(
    'e2e-random',
    flags,
    { restart: 'none', emulator: 'controlled_streams', onProgress: say },
    settings,
  );
  await withLocalStack(options, interrupted, async (stack) => {
    const folder = path.join(stack.runFolder, 'traffic');
    mkdirSync(folder, { recursive: true });
    await checkRandomRecords(stack, { seed, scenarios, shards: flags.shards }, folder, checks, {
      say,
      signal: interrupted,
    });
    await checks.part('hostile records can be run', () =>
      checkHostileRecords(stack, { seed, records: HOSTILE_RECORDS }, checks, { say, signal: interrupted }),
    );
  });
}
