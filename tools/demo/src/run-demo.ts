import { setTimeout as sleep } from 'node:timers/promises';
import type { FlinkJob } from '@ad-analytics/local-stack/job';
import { describeEnd } from '@ad-analytics/local-stack/managed-process';
import type { LocalStack } from '@ad-analytics/local-stack/stack';
import { countRecords } from '@ad-analytics/local-stack/kinesis/count-records';
import { jobProgress } from '@ad-analytics/pipeline/job-progress';
import { waitUntilRead } from '@ad-analytics/pipeline/wait-until-read';
import { Progress } from '@ad-analytics/command-line/progress';
import { type Ledger, drawUpLedger } from '@ad-analytics/result-records/ledger';
import { type ResultsCheck, type TableCheck, checkResults } from './check-results';
import { type RunningDashboard, startDashboard } from './dashboard';
import { DemoMonitor } from './demo-monitor';
import { checkTable, fillTable } from './demo-table';
import type { GeneratorSpec } from './generator';
import { LiveResults, followResults } from './live-results';
import { countDeadLetters } from './dead-letters';
import { renderDemo } from './render';
import { Screen, type ScreenOutput } from './screen';
import { differencesFromTruth, readTruth } from './truth';

const POLL_MS = 1_000;
const MS_PER_SECOND = 1_000;
/** How long the generator may need to send its buffered records after the stop signal, in milliseconds. */
const GENERATOR_GRACE_MS = 20_000;

/** Options of the dashboard. */
interface DashboardOptions {
  /** 0: any free port. */
  readonly port: number;
  /** Called with the address as soon as the page is available, long before the first results. */
  readonly onAddress: (url: string) => void;
}

/** Options of the demo. */
export interface DemoOptions {
  /** How to start the traffic. */
  readonly generator: GeneratorSpec;
  /** Duration from the start of the job; undefined: until it is interrupted. */
  readonly seconds: number | undefined;
  readonly output: ScreenOutput;
  /** Whether the serving table is filled. */
  readonly table: boolean;
  /** The dashboard of that table; undefined: none. */
  readonly dashboard: DashboardOptions | undefined;
  /** Called with each step, one line. */
  readonly say: (line: string) => void;
}

/** The outcome of a demo. */
export interface DemoOutcome {
  /** When the process of the command started, milliseconds since the epoch. */
  readonly startedAt: number;
  readonly trafficSeconds: number;
  readonly ledger: Ledger;
  /** Figures that differ from the generator's labels. */
  readonly differences: readonly string[];
  /** Outcome of the comparison with an independent computation. */
  readonly check: ResultsCheck;
  readonly results: LiveResults;
  /** Outcome of the check of the serving table; undefined: it was not filled. */
  readonly table: TableCheck | undefined;
  /** The dashboard, which runs as long as the stack; undefined without one. */
  readonly dashboard: RunningDashboard | undefined;
  /** Further notices: failures that the job recovered from, an unexpected end of the generator. */
  readonly notices: readonly string[];
}

/** Shows the live view until the end of the traffic or the signal. */
async function showTraffic(
  job: FlinkJob,
  monitor: DemoMonitor,
  options: DemoOptions & { readonly page: string | undefined },
  end: AbortSignal,
): Promise<void> {
  const screen = new Screen(options.output);
  while (!end.aborted) {
    const progress = await jobProgress(job);
    const view = monitor.view(progress, Date.now(), options.seconds);
    screen.draw(renderDemo({ ...view, page: options.page }, screen.size));
    await sleep(POLL_MS, undefined, { signal: end }).catch(() => {});
  }
}

async function servePage(stack: LocalStack, options: DashboardOptions): Promise<RunningDashboard> {
  const dashboard = await startDashboard(stack, options.port);
  options.onAddress(dashboard.url);
  return dashboard;
}

async function runJob(stack: LocalStack, interrupted: AbortSignal): Promise<FlinkJob> {
  const job = await stack.submit();
  await job.running(interrupted);
  return job;
}

/**
 * Runs live traffic through a stack, shows the results, ends in an orderly way and computes the ledger: the traffic stops first, then the
 * job reads the remaining records and closes its windows.
 * @param stack without a job
 * @param options see DemoOptions
 * @param interrupted ends the traffic early
 * @throws PartFailedError when the generator or another part dies, JobFailedError
 */
export async function runDemo(stack: LocalStack, options: DemoOptions, interrupted: AbortSignal): Promise<DemoOutcome> {
  const { say } = options;
  const { impressions, clicks, results: output } = stack.settings;
  // The traffic starts first, so that the job has records to read at its start and its first windows can close.
  say('Starting the traffic and submitting the job');
  const generator = stack.parts.start(options.generator.process);
  const trafficStarted = Date.now();
  const table = options.table ? fillTable(stack, say) : undefined;
  const [job, dashboard] = await Promise.all([
    runJob(stack, interrupted),
    options.dashboard === undefined ? undefined : servePage(stack, options.dashboard),
  ]).catch(async (error: unknown) => {
    await table?.stop();
    throw error;
  });
  const results = new LiveResults();
  const drained = new AbortController();
  const following = followResults(stack.kinesis, output.streamName, results, drained.signal);
  const monitor = new DemoMonitor(results, Date.now());
  let trafficSeconds = 0;
  const enough = new AbortController();
  const timer =
    options.seconds === undefined ? undefined : setTimeout(() => enough.abort(), options.seconds * MS_PER_SECOND);
  const end = AbortSignal.any([interrupted, enough.signal]);
  const over = new AbortController();
  const watching = job
    .watch(
      (cause) => monitor.notice(`the job failed and is restarted; its counters start at 0 again: ${cause}`),
      over.signal,
    )
    .then(() => new Promise<never>(() => {}));
  const work = async (): Promise<Ledger> => {
    await showTraffic(job, monitor, { ...options, page: dashboard?.url }, end);
    trafficSeconds = Math.round((Date.now() - trafficStarted) / MS_PER_SECOND);
    say(`Stopping the traffic after ${trafficSeconds} s`);
    await generator.stop(GENERATOR_GRACE_MS);
    const generatorEnd = await generator.ended;
    if (generatorEnd.code !== 0) {
      monitor.notice(`the generator ${describeEnd(generatorEnd)}, see ${generator.logFiles.join(', ')}`);
    }
    const put = {
      impression: await countRecords(stack.kinesis, impressions.streamName),
      click: await countRecords(stack.kinesis, clicks.streamName),
    };
    const reading = new Progress('Records read by the job', put.impression + put.click);
    const counts = await waitUntilRead(job, put, {
      signal: over.signal,
      onProgress: (read) => reading.update(read),
    });
    say('Closing the last windows');
    over.abort();
    await job.drain();
    drained.abort();
    await following;
    const failed = await countDeadLetters(options.generator.deadLetters);
    return drawUpLedger({ put, failed }, counts, results.tally.summary());
  };
  try {
    const failures = [watching, following.then(() => new Promise<never>(() => {})), ...(table ? [table.failed] : [])];
    const ledger = await Promise.race([work(), ...failures]);
    if (table) say('Writing the remaining results to the serving table');
    const deadLetters = await table?.finish();
    const differences = differencesFromTruth(ledger, await readTruth(options.generator.labels, stack.settings));
    say('Computing the results independently from the sent records');
    const records = ledger.impression.read + ledger.click.read + results.tally.summary().records;
    const check = await checkResults(stack, records);
    if (deadLetters !== undefined) say('Comparing the serving table');
    const tableCheck = deadLetters === undefined ? undefined : { check: await checkTable(stack, records), deadLetters };
    const { notices } = monitor;
    const startedAt = performance.timeOrigin;
    return { startedAt, trafficSeconds, ledger, differences, check, results, table: tableCheck, dashboard, notices };
  } finally {
    clearTimeout(timer);
    over.abort();
    drained.abort();
    await table?.stop();
  }
}
