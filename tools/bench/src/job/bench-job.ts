import { CommandError } from '@ad-analytics/command-line/errors';
import { BOOKS_DO_NOT_BALANCE } from '@ad-analytics/command-line/exit-codes';
import { SHARD_FILL } from '@ad-analytics/local-stack/kinesis/skewed-keys';
import { coresIfPossible } from '@ad-analytics/local-stack/on-cores';
import { type LocalStack, withLocalStack } from '@ad-analytics/local-stack/stack';
import { type StackFlags, stackOptions } from '@ad-analytics/local-stack/stack-options';
import { RECORDED_SETTINGS } from '@ad-analytics/pipeline/run-recorded';
import type { BenchSession, Findings } from '../bench-session';
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
    const options = stackOptions(`stack-${run}`, plan, { restart: 'none', onProgress: session.say }, RECORDED_SETTINGS);
    const cores = coresIfPossible(plan.parallelism);
    await withLocalStack(
      { ...options, runRoot: session.folder, taskManagerCores: cores },
      session.signal,
      async (stack) => {
        runs.push(await measureBacklog(stack, { ...plan, skewed }, session));
        if (plan.verify) verified.push(await verify(stack, session.signal));
      },
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
    parallelism: plan.parallelism,
    'shards of each stream': plan.shards,
    'impressions by shard': skewed ? `${SHARD_FILL.join(', ')} %` : 'even',
    'managed memory, MiB': plan.managedMemory,
    'heap, MiB': plan.taskHeap,
    'seconds between checkpoints': plan.checkpointSeconds,
    ...RECORDED_SETTINGS,
    ...plan.configOverrides,
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
  const sum = (of: (counts: (typeof ledger.types)[number]) => number) =>
    ledger.types.reduce((total, counts) => total + of(counts), 0);
  return {
    expected: sum(({ expected }) => expected),
    wrong: sum(({ missing, extra, differing }) => missing + extra + differing),
  };
}
