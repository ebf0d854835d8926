import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ServingTable, createServingClient, tableReader } from '@ad-analytics/serving-table';
import type { CheckList } from '@ad-analytics/command-line/check-list';
import { ENDLESS_RETRIES } from '../event-source-mapping/mapping-settings';
import { MappingTally } from '../event-source-mapping/mapping-tally';
import { type FaultProxy, startFaultProxy } from '../fault-proxy/fault-proxy';
import { Choice } from '../hostile-check/choice';
import type { FlinkJob } from '@ad-analytics/local-stack/job';
import type { LocalStack } from '@ad-analytics/local-stack/stack';
import { ReplayRun } from '../replay-check/replay-run';
import { runSink } from '../sink/run-sink';
import type { Ledger } from '../verify/ledger';
import { printLedger } from '../verify/print-ledger';
import { tableResults } from '../verify/table-results';
import { verifyStack } from '../verify/verify-stack';
import { lostRecords } from './lost-records';
import type { Counts, Scenario } from './scenario';
import { type ScenarioResult, sumOf } from './scenario-result';
import { steady } from './traffic';

/** As short as in the replay check, so that all that can happen does within a minute. */
export const CHAOS_SETTINGS: Readonly<Record<string, string>> = {
  'metrics.window.seconds': '10',
  'attribution.window.seconds': '20',
  'engagement.window.seconds': '20',
  'engagement.slide.seconds': '10',
  // A shard whose requests fail must not be taken for a quiet one.
  'idle.timeout.seconds': '3600',
};
/** Faults go on, and traffic flows, for so long at least. */
const LEAST_DISTURBED_MS = 40_000;

/** What one run of a scenario is given. */
export interface ChaosContext {
  readonly stack: LocalStack;
  readonly seed: number;
  readonly checks: CheckList;
  readonly signal: AbortSignal;
  readonly say: (line: string) => void;
}

/** The sink at work. */
interface RunningSink {
  readonly bundle: string;
  readonly tableName: string;
  readonly tally: MappingTally;
  killed(): number;
  /** Waits until all that is in the stream is written. */
  finish(): Promise<void>;
  /** Ends it at once. */
  stop(): Promise<void>;
}

function startSink({ stack, say }: ChaosContext, run: ReplayRun, proxy: FaultProxy): RunningSink {
  const runFolder = path.join(stack.runFolder, run.name);
  mkdirSync(runFolder, { recursive: true });
  const [tally, stop, drain] = [new MappingTally(), new AbortController(), new AbortController()];
  let killed = 0;
  const tableName = `results-${run.name}`;
  const sink = {
    endpoint: proxy.endpoint,
    region: stack.region,
    runFolder,
    streamName: run.settings.results.streamName,
  };
  const done = runSink(
    // The polling is a part of Lambda, and no part of what is tested: only the function goes through the proxy.
    { ...sink, kinesis: stack.kinesis },
    {
      tableName,
      settings: ENDLESS_RETRIES,
      bundle: undefined,
      say,
      observe: (event) => {
        tally.add(event);
        if (event.type === 'failed' && event.error.includes('SIGKILL')) killed += 1;
      },
    },
    { stop: stop.signal, drain: drain.signal },
  );
  done.catch(() => {});
  return {
    bundle: path.join(runFolder, 'output-sink', 'index.mjs'),
    tableName,
    tally,
    killed: () => killed,
    finish: async () => {
      drain.abort();
      await done;
    },
    stop: async () => {
      stop.abort();
      await done.catch(() => {});
    },
  };
}

/**
 * Runs the job, a producer and the sink on separate streams, disturbs them, and compares what is in the stream of results and in the table
 * with an independent computation.
 * @param name of the scenario
 * @returns what happened; undefined when the run did not reach its end, which is a failed check
 */
export async function runScenario(
  context: ChaosContext,
  name: string,
  scenario: Scenario,
): Promise<ScenarioResult | undefined> {
  const { stack, checks } = context;
  const proxy = await startFaultProxy(stack.endpoint);
  let result: ScenarioResult | undefined;
  try {
    await checks.part(`${name}: the run reaches its end`, async () => {
      const settings = { ...CHAOS_SETTINGS, ...scenario.settings };
      const streams = `${name.replaceAll('+', '-and-')}-${context.seed}`;
      const run = await ReplayRun.prepare({ ...stack, endpoint: proxy.endpoint }, streams, settings, context.signal);
      const sink = startSink(context, run, proxy);
      try {
        result = await disturbed(context, name, scenario, { run, sink, proxy });
      } catch (error) {
        // What fails because of an interruption is not a failed check.
        if (!context.signal.aborted) throw error;
      } finally {
        proxy.calm();
        await sink.stop();
        await run.close();
      }
    });
  } finally {
    await proxy.close();
  }
  context.signal.throwIfAborted();
  return result;
}

async function disturbed(
  context: ChaosContext,
  name: string,
  scenario: Scenario,
  { run, sink, proxy }: { run: ReplayRun; sink: RunningSink; proxy: FaultProxy },
): Promise<ScenarioResult> {
  const { stack, seed, checks, signal, say } = context;
  const measuredAt = new Date().toISOString();
  const job = await run.start();
  const target = {
    ...{ stack, run, job, signal, say },
    choice: new Choice(seed),
    sinkBundle: sink.bundle,
    killedInvocations: () => sink.killed(),
  };
  if (scenario.faults !== undefined) proxy.inject({ seed, ...scenario.faults });
  const over = new AbortController();
  let calm = Date.now();
  const disturb = async (): Promise<Counts> => {
    const [done] = await Promise.all([
      scenario.disturb?.(target) ?? {},
      sleep(LEAST_DISTURBED_MS, undefined, { signal }),
    ]);
    return done;
  };
  const [sent, done] = await Promise.all([
    (scenario.traffic ?? steady)(target, over.signal),
    disturb().finally(() => {
      // Before the producer has sent the rest: throttled, it would take minutes.
      proxy.calm();
      calm = Date.now();
      say('The disturbance is over; waiting for the rest');
      over.abort();
    }),
  ]);
  const effects = await effectsOn(run, job);
  await (scenario.finish === undefined ? run.finish(job) : scenario.finish(target, sent));
  await sink.finish();
  const secondsToRecover = (Date.now() - calm) / 1_000;

  const lost = await lostRecords(run, sent);
  checks.equal(`${name}: every record that was sent is in its stream`, lost, 0);
  const view = { kinesis: stack.kinesis, runFolder: stack.runFolder, settings: run.settings };
  const stream = await verifyStack(view, signal);
  agrees(checks, `${name}: the stream of results is as computed`, stream);
  const tables = createServingClient({ region: stack.region, endpoint: stack.endpoint });
  const inTable = tableResults(new ServingTable(tableReader(tables), sink.tableName));
  const table = await verifyStack(view, signal, undefined, inTable).finally(() => tables.destroy());
  agrees(checks, `${name}: the serving table is as computed`, table);
  return {
    ...{ scenario: name, title: scenario.title, seed, measuredAt, secondsToRecover, lost },
    injected: {
      ...proxy.tally.byKind(),
      ...(proxy.tally.refusedEntries > 0 ? { 'entries not written': proxy.tally.refusedEntries } : {}),
      ...done,
    },
    requests: proxy.tally.requests,
    effects: { ...effects, 'failed invocations of the sink': sink.tally.failures },
    sent: sent.length,
    read: stream.impressions.read + stream.clicks.read,
    stream: sumOf(stream),
    table: sumOf(table),
  };
}

/** @returns what the disturbance has led to, while the job still runs */
async function effectsOn(run: ReplayRun, job: FlinkJob): Promise<Counts> {
  const restarts = (await job.rest.restarts(job.id)) ?? 0;
  // A new TaskManager counts from 0.
  const since = restarts === 0 ? '' : ', since the last restart';
  return { 'restarts of the job': restarts, [`results sent again${since}`]: await run.counter(job, 'retriedResults') };
}

function agrees(checks: CheckList, name: string, ledger: Ledger): void {
  checks.holds(name, ledger.agrees, ledger.agrees ? '' : `\n${printLedger(ledger).join('\n')}`);
}
