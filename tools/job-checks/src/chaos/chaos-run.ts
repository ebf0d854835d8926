import { setTimeout as sleep } from 'node:timers/promises';
import { ServingTable, createServingClient, tableReader } from '@ad-analytics/serving-table';
import { CommandError } from '@ad-analytics/command-line/errors';
import { waitUntil } from '@ad-analytics/command-line/wait-until';
import type { CheckList } from '@ad-analytics/command-line/check-list';
import { type FaultProxy, startFaultProxy } from '@ad-analytics/fault-proxy/fault-proxy';
import { Choice } from '@ad-analytics/fault-proxy/choice';
import type { LocalStack } from '@ad-analytics/local-stack/stack';
import { ReplayRun } from '../replay-check/replay-run';
import type { Ledger } from '@ad-analytics/verify/ledger';
import { printLedger } from '@ad-analytics/verify/print-ledger';
import { tableResults } from '@ad-analytics/verify/table-results';
import { verifyStack } from '@ad-analytics/verify/verify-stack';
import { requestsWithoutFaults } from './expected-faults';
import { lostRecords } from './lost-records';
import { type RunningSink, startSink } from './running-sink';
import type { Counts, Scenario, Target } from './scenario';
import { type ScenarioResult, type UnfinishedRun, sumOf } from './scenario-result';
import { steady } from './traffic';

/** Windows as short as in the replay check, so that every kind of result occurs within a minute. */
export const CHAOS_SETTINGS: Readonly<Record<string, string>> = {
  'metrics.window.seconds': '10',
  'attribution.window.seconds': '20',
  'engagement.window.seconds': '20',
  'engagement.slide.seconds': '10',
  // A shard whose requests fail must not be treated as idle.
  'idle.timeout.seconds': '3600',
};
/** Minimum duration of the faults and the traffic. */
const MIN_DISTURBED_MS = 40_000;
const POLL_MS = 500;
const FAULTS_PATIENCE_MS = 120_000;

/** The input of one run of a scenario. */
export interface ChaosContext {
  readonly stack: LocalStack;
  readonly seed: number;
  readonly checks: CheckList;
  readonly signal: AbortSignal;
  readonly say: (line: string) => void;
}

/** @returns the result of a run that begins now; it applies unless the run reaches its end */
export function unfinished(name: string, { title }: Scenario, seed: number): UnfinishedRun {
  const measuredAt = new Date().toISOString();
  return { scenario: name, title, seed, measuredAt, problem: 'The run did not reach its end' };
}

/**
 * Runs the job, a producer and the sink on separate streams, disturbs them, and compares what is in the stream of results and in the table
 * with an independent computation.
 * @param name of the scenario
 * @returns what happened. A run that did not reach its end is a failed check
 */
export async function runScenario(
  context: ChaosContext,
  name: string,
  scenario: Scenario,
): Promise<ScenarioResult | UnfinishedRun> {
  const { stack, checks, seed } = context;
  const proxy = await startFaultProxy(stack.endpoint);
  let result: ScenarioResult | UnfinishedRun = unfinished(name, scenario, seed);
  try {
    await checks.part(`${name}: the run reaches its end`, async () => {
      const settings = { ...CHAOS_SETTINGS, ...scenario.settings };
      const streams = `${name.replaceAll('+', '-and-')}-${context.seed}`;
      const run = await ReplayRun.prepare({ ...stack, endpoint: proxy.endpoint }, streams, settings, context.signal);
      // Started before the faults, because the sink creates its table and its queues only once.
      const sink = startSink(context, run, proxy);
      try {
        result = await disturbed(context, name, scenario, { run, sink, proxy });
      } catch (error) {
        // An error caused by an interruption is not a failed check.
        if (context.signal.aborted) return;
        result = { ...result, problem: error instanceof Error ? error.message : String(error) };
        throw error;
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
  const { stack, seed, checks, say } = context;
  const measuredAt = new Date().toISOString();
  const failed = new AbortController();
  const signal = AbortSignal.any([context.signal, failed.signal]);
  const target: Target = {
    ...{ stack, run, job: await run.start(), signal, say },
    responsesAreLost: scenario.faults !== undefined || scenario.losesResponses === true,
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
      sleep(scenario.leastMs ?? MIN_DISTURBED_MS, undefined, { signal }),
    ]);
    if (scenario.faults !== undefined) await untilAllHadFaults(scenario.faults, proxy, signal);
    return done;
  };
  const disturbance = disturb().finally(() => {
    // The faults end before the producer sends the remaining records; with throttling, this would take minutes.
    proxy.calm();
    calm = Date.now();
    say('The disturbance is over; waiting for the remaining results');
    over.abort();
  });
  const both = [(scenario.traffic ?? steady)(target, over.signal), disturbance] as const;
  const [sent, done] = await Promise.all(both).catch(async (error: unknown) => {
    // If one fails, the other one is stopped as well.
    failed.abort(error);
    await Promise.allSettled(both);
    throw error;
  });
  // The own traffic of a scenario is its disturbance, so the recovery begins when the traffic ends.
  if (scenario.traffic !== undefined) calm = Date.now();
  const failedRequests = proxy.tally.byOperationAndClient();
  const effects = await effectsOn(target);
  await (scenario.finish === undefined ? run.finish(target.job) : scenario.finish(target, sent));
  await sink.finish();
  const secondsToRecover = (Date.now() - calm) / 1_000;

  const lost = await lostRecords(run, sent);
  checks.equal(`${name}: every record that was sent is in its stream`, lost, 0);
  const view = { kinesis: stack.kinesis, runFolder: stack.runFolder, settings: run.settings };
  const stream = await verifyStack(view, signal);
  agrees(checks, `${name}: the stream of results is as computed`, stream);
  const tables = createServingClient({ region: stack.region, endpoint: stack.endpoint });
  const inTable = tableResults(new ServingTable(tableReader(tables), sink.tableName));
  const table = await verifyStack(view, signal, { results: inTable }).finally(() => tables.destroy());
  agrees(checks, `${name}: the serving table is as computed`, table);
  return {
    ...{ scenario: name, title: scenario.title, seed, measuredAt, secondsToRecover, lost },
    injected: {
      ...proxy.tally.byKind(),
      ...(proxy.tally.refusedEntries > 0 ? { 'entries not written': proxy.tally.refusedEntries } : {}),
      ...done,
    },
    failedRequests,
    requests: proxy.tally.requests,
    effects: {
      ...effects,
      'failed invocations of the sink': sink.tally.failures,
      'failed reads of the sink': sink.tally.unread,
    },
    sent: sent.length,
    read: stream.impressions.read + stream.clicks.read,
    stream: sumOf(stream),
    table: sumOf(table),
  };
}

/** On a busy machine, the job may write its first results late. @throws CommandError if the requests of a client do not fail */
async function untilAllHadFaults(
  faults: NonNullable<Scenario['faults']>,
  { tally }: FaultProxy,
  signal: AbortSignal,
): Promise<void> {
  const spared = () => requestsWithoutFaults(faults, tally.byOperationAndClient());
  await waitUntil(async () => spared().length === 0 || undefined, {
    intervalMs: POLL_MS,
    timeoutMs: FAULTS_PATIENCE_MS,
    signal,
    onTimeout: () => new CommandError(`No fault was injected into ${spared().join(', ')}`),
  });
}

/** @returns the effects of the disturbance, read while the job still runs */
async function effectsOn({ run, job }: Target): Promise<Counts> {
  const restarts = (await job.rest.restarts(job.id)) ?? 0;
  // A new TaskManager counts from 0.
  const since = restarts === 0 ? '' : ', since the last restart';
  return { 'restarts of the job': restarts, [`results sent again${since}`]: await run.counter(job, 'retriedResults') };
}

function agrees(checks: CheckList, name: string, ledger: Ledger): void {
  checks.holds(name, ledger.agrees, ledger.agrees ? '' : `\n${printLedger(ledger).join('\n')}`);
}
