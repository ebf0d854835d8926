import { CommandError } from '@ad-analytics/command-line/errors';
import { BOOKS_DO_NOT_BALANCE } from '@ad-analytics/command-line/exit-codes';
import { sumOf } from '@ad-analytics/job-checks/chaos/scenario-result';
import { SHARD_FILL } from '@ad-analytics/local-stack/kinesis/skewed-keys';
import { coresIfPossible } from '@ad-analytics/local-stack/on-cores';
import type { LocalStack } from '@ad-analytics/local-stack/stack';
import type { StackFlags } from '@ad-analytics/local-stack/stack-options';
import { RECORDED_SETTINGS } from '@ad-analytics/pipeline/run-recorded';
import type { BenchSession, Findings } from '../bench-session';
import { stackSettings, withBenchStack } from '../bench-stack';
import { coreNotes } from '../core-notes';
import { type BacklogFigures, type Verified, findings } from './job-findings';
import { measureBacklog } from './measure-backlog';

/** How the job is measured. */
export interface JobPlan extends StackFlags {
  readonly events: number;
  /** Ordinary events per second of event time. */
  readonly rate: number;
  readonly seed: number;
  readonly runs: number;
  /** Share of the records before the steady state. */
  readonly warmUp: number;
  readonly even?: boolean;
  readonly verify: boolean;
}

/**
 * @returns figures of the packaged job on a backlog in the emulated Kinesis
 * @throws CommandError with the code for wrong results if verify computes others
 */
export async function benchJob(plan: JobPlan, session: BenchSession): Promise<Findings> {
  const skewed = plan.even !== true;
  if (skewed && plan.shards !== SHARD_FILL.length)
    throw new CommandError(
      `The uneven fill needs ${SHARD_FILL.length} shards. With another --shards, also give --even.`,
      2,
    );
  const runs: BacklogFigures[] = [];
  const verified: Verified[] = [];
  for (let run = 1; run <= plan.runs; run += 1) {
    session.say(`Run ${run} of ${plan.runs}`);
    await withBenchStack(
      `stack-${run}`,
      plan,
      session,
      async (stack) => {
        runs.push(await measureBacklog(stack, { ...plan, skewed }, session));
        if (plan.verify) verified.push(await verify(stack, session.signal));
      },
      coresIfPossible(plan.parallelism),
      RECORDED_SETTINGS,
    );
  }
  return findings(settings(plan, skewed), runs, plan.verify ? verified : undefined, coreNotes([plan.parallelism]));
}

function settings(plan: JobPlan, skewed: boolean): Findings['settings'] {
  return {
    events: plan.events,
    seed: plan.seed,
    'events per second of event time': plan.rate,
    runs: plan.runs,
    'share of the warm-up': plan.warmUp,
    'impressions by shard': skewed ? `${SHARD_FILL.join(', ')} %` : 'even',
    ...stackSettings(plan, RECORDED_SETTINGS),
  };
}

async function verify(stack: LocalStack, signal: AbortSignal): Promise<Verified> {
  // DuckDB is a native library: the other commands need not load it.
  const [{ verifyStack }, { printLedger }, { progressLines }] = await Promise.all([
    import('@ad-analytics/verify/verify-stack'),
    import('@ad-analytics/verify/print-ledger'),
    import('@ad-analytics/verify/progress-lines'),
  ]);
  const ledger = await verifyStack(stack, signal, { onProgress: progressLines({ steps: true }) });
  if (!ledger.agrees)
    throw new CommandError(
      `The results differ from those computed from the input:\n${printLedger(ledger).join('\n')}`,
      BOOKS_DO_NOT_BALANCE,
    );
  const { expected, missing, extra, differing } = sumOf(ledger);
  return { expected, wrong: missing + extra + differing };
}
