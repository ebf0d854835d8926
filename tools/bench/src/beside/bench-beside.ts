import path from 'node:path';
import { withBenchCluster } from '../bench-cluster';
import type { BenchSession, Findings } from '../bench-session';
import type { Skipped } from '../part-result';
import { JobFailedError } from '@ad-analytics/command-line/errors';
import type { GraphFlags } from '../graph-options';
import { jobCluster } from '../job-cluster';
import { TooFastError, measureJob } from '../measure-job';
import type { PreparedInput } from '../prepared-input';
import { grouped } from '@ad-analytics/command-line/progress';
import { findings } from './beside-findings';
import { CONTENDERS, type Contender, DUCKDB, PATHWAY } from './contenders';
import { countedViews, figuresOfJob, figuresOfTables } from './count-results';
import { duckdbAnalytics } from './duckdb-analytics';
import type { ResultFigures } from './figures';
import { pathwayJoin, pathwayPython } from './pathway-join';

/** How the programs are compared. */
export interface BesidePlan extends GraphFlags {
  readonly events: number;
  readonly seed: number;
  readonly parallelism: number;
  readonly runs: number;
  /** Names of the programs to measure. Default: all. */
  readonly only?: readonly string[];
}

/** One run of one program. */
export interface BesideRun {
  readonly program: string;
  readonly cpuMicrosPerEvent: number;
  readonly eventsPerSecond: number;
  /** Completed while it was measured; undefined for a program without checkpoints. */
  readonly checkpoints?: number;
  readonly figures: ResultFigures;
}

/** @returns CPU time per event of the packaged job and of the programs that it is compared with, on the same bytes, and whether their results agree */
export async function benchBeside(plan: BesidePlan, session: BenchSession): Promise<Findings> {
  const { events, seed, rate, parallelism } = plan;
  const input = await session.prepare({ events, seed, rate, shards: parallelism, clean: true });
  const wanted = (name: string) => plan.only === undefined || plan.only.includes(name);
  const pathway = wanted(PATHWAY) ? await installed(session) : { skipped: [] };
  const runs: BesideRun[] = [];
  const skipped = new Map(pathway.skipped.map((reason) => [reason.what, reason]));
  // The programs run in turns, so a change on the machine affects all of them.
  for (let round = 1; round <= plan.runs; round += 1) {
    const tell = (run: BesideRun) => {
      session.say(
        `${run.program}, run ${round} of ${plan.runs}: ${run.cpuMicrosPerEvent.toFixed(1)} µs of CPU per event, ${grouped(run.eventsPerSecond)} events/s`,
      );
      runs.push(run);
    };
    for (const contender of CONTENDERS.filter(({ name }) => wanted(name))) {
      try {
        const { times = 1 } = contender;
        const own = times === 1 ? input : await session.prepare({ ...input.plan, events: events * times });
        tell(await runContender(contender, round, plan, own, session));
      } catch (error) {
        // A program that fails or is too fast to measure is skipped, so that the figures of the slow programs are not lost.
        skipped.set(contender.name, skippedBy(contender.name, error));
      }
    }
    const asRun = (program: string, { cpuSeconds, seconds, figures }: Awaited<ReturnType<typeof duckdbAnalytics>>) =>
      tell({ program, cpuMicrosPerEvent: (cpuSeconds * 1e6) / events, eventsPerSecond: events / seconds, figures });
    if (wanted(DUCKDB)) asRun(DUCKDB, await duckdbAnalytics(input, parallelism, session.signal));
    if (pathway.python !== undefined) {
      const results = path.join(session.folder, `pathway-${round}.jsonl`);
      asRun(PATHWAY, await pathwayJoin(pathway.python, input, results, session.signal));
    }
  }
  return findings(plan, input, runs, [...skipped.values()]);
}

/**
 * @param what was to be measured
 * @param error that ended it
 * @returns why it is missing
 * @throws any other error than that of a program that failed or was too fast
 */
export function skippedBy(what: string, error: unknown): Skipped {
  if (error instanceof TooFastError) return { what, reason: error.message };
  if (error instanceof JobFailedError) return { what, reason: error.message, failed: true };
  throw error;
}

async function installed(session: BenchSession): Promise<{ python?: string; skipped: Findings['skipped'] }> {
  try {
    return { python: await pathwayPython(), skipped: [] };
  } catch (error) {
    session.signal.throwIfAborted();
    const reason = `it cannot be installed here: ${(error as Error).message.split('\n')[0] ?? ''}`;
    return { skipped: [{ what: PATHWAY, reason }] };
  }
}

async function runContender(
  contender: Contender,
  round: number,
  plan: BesidePlan,
  input: PreparedInput,
  session: BenchSession,
): Promise<BesideRun> {
  const name = `${contender.name.replaceAll(' ', '-')}-${round}`;
  const measured = await withBenchCluster(
    { ...(await jobCluster(name, input, plan, session)), keepResults: true },
    session.signal,
    async (cluster) => {
      const job = await cluster.submit(contender.python);
      const title = `${contender.name}, run ${round} of ${plan.runs}`;
      const figures = await measureJob(cluster, job, { title, warmUp: plan.warmUp, signal: session.signal });
      if (contender.results === undefined) await job.cancel();
      else await job.drain(session.signal);
      return figures;
    },
  );
  const figures = await checkedFigures(contender, path.join(session.folder, name, 'results'), input);
  return {
    program: contender.name,
    cpuMicrosPerEvent: measured.cpuMicrosPerEvent,
    eventsPerSecond: measured.eventsPerSecond,
    checkpoints: measured.checkpoints,
    figures,
  };
}

/**
 * @param folder with the results of the job
 * @param input that it has read
 * @returns figures for the comparison with other programs
 * @throws JobFailedError when the views are not the impressions of the input
 */
export async function checkedFigures(
  { results }: Contender,
  folder: string,
  input: PreparedInput,
): Promise<ResultFigures> {
  if (results === 'records') return figuresOfJob(folder);
  if (results === 'tables') return figuresOfTables(folder);
  if (results === 'views') {
    const views = await countedViews(path.join(folder, 'views'));
    const { impressions } = input.byStream;
    if (views !== impressions)
      throw new JobFailedError(`Its results are wrong: ${grouped(views)} views of ${grouped(impressions)} impressions`);
  }
  return {};
}
