import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { DeleteStreamCommand, waitUntilStreamNotExists } from '@aws-sdk/client-kinesis';
import type { BenchSession, Findings } from '../bench-session';
import { sampleCpu } from '../cpu-sample';
import { type PreparedInput, STREAM_FOLDERS, shardId } from '../prepared-input';
import { type BenchEmulator, withEmulator } from '../with-emulator';
import { generatorProgram } from '@ad-analytics/demo/generator';
import { createStreams } from '@ad-analytics/local-stack/streams';
import { grouped } from '@ad-analytics/command-line/progress';
import { bareLoop, preparedRequests } from './bare-loop';
import { findings } from './generator-findings';
import { PROGRAMS, type ProgramName } from './programs';
import { type GeneratorSummary, generatorSummary } from './generator-summary';

/** How the generator is measured. */
export interface GeneratorPlan {
  readonly events: number;
  readonly seed: number;
  readonly shards: number;
  readonly runs: number;
}

/** One run of one program. */
export interface GeneratorRun extends GeneratorSummary {
  readonly program: ProgramName;
  /** CPU time of the emulator as a share of one core; undefined on a system without /proc. */
  readonly emulatorBusy: number | undefined;
}

/** Far above the rate that any target accepts, so the records are due long before they can be sent. */
const SERVE_RATE = 100_000;
const USERS = 50_000;
const EVENT_RATE = 1_000;
const MAX_OUTPUT = 1 << 24;

/** @returns records per second of the generator's own path, compared with a loop of prepared requests */
export async function benchGenerator(plan: GeneratorPlan, session: BenchSession): Promise<Findings> {
  const { events, seed } = plan;
  const input = await session.prepare({ events, seed, rate: EVENT_RATE, shards: 1, users: USERS });
  const runs: GeneratorRun[] = [];
  await withEmulator(session, async (emulator) => {
    const measure = await programs(plan, input, emulator, session.signal);
    // The programs run in turns, so a change on the machine affects all of them.
    for (let run = 1; run <= plan.runs; run += 1) {
      for (const program of PROGRAMS) {
        const figures = { program, ...(await onEmptyStreams(plan.shards, emulator, measure[program])) };
        session.say(`${program}, run ${run} of ${plan.runs}: ${grouped(figures.perSecond)} records/s`);
        runs.push(figures);
      }
    }
  });
  return findings(plan, input, runs);
}

type Measure = () => Promise<GeneratorSummary>;

async function programs(
  plan: GeneratorPlan,
  input: PreparedInput,
  { endpoint, region, configFile, settings, folder }: BenchEmulator,
  signal: AbortSignal,
): Promise<Readonly<Record<ProgramName, Measure>>> {
  const files = {
    impressions: path.join(input.folder, STREAM_FOLDERS.impressions, `${shardId(0)}.jsonl`),
    clicks: path.join(input.folder, STREAM_FOLDERS.clicks, `${shardId(0)}.jsonl`),
  };
  const requests = [
    await preparedRequests(files.impressions, settings.impressions.streamName),
    await preparedRequests(files.clicks, settings.clicks.streamName),
  ];
  const generator =
    (command: string, ...options: string[]) =>
    async () => {
      const target = ['--endpoint', endpoint, '--config', configFile];
      const deadLetters = ['--dead-letters', path.join(folder, 'dead-letters.jsonl')];
      const program = generatorProgram(region, [command, ...target, ...deadLetters, ...options]);
      const { stdout } = await promisify(execFile)(program.command, program.args, {
        env: program.env,
        cwd: folder,
        signal,
        maxBuffer: MAX_OUTPUT,
      });
      return generatorSummary(stdout);
    };
  return {
    'bare loop': () => bareLoop(requests, { region, endpoint, signal }),
    'generator: replay': generator(
      'replay',
      ...['--speed', 'max', '--impressions', files.impressions, '--clicks', files.clicks],
    ),
    'generator: serve': generator(
      'serve',
      ...['--rate', String(SERVE_RATE), '--duration', `${plan.events / SERVE_RATE}s`],
      ...['--users', String(USERS), '--seed', String(plan.seed)],
    ),
  };
}

async function onEmptyStreams(shards: number, { kinesis, settings, pid }: BenchEmulator, measure: Measure) {
  const names = [settings.impressions.streamName, settings.clicks.streamName];
  await createStreams(kinesis, names, shards);
  const [cpu, start] = [sampleCpu(pid).total, Date.now()];
  const { records, perSecond } = await measure();
  const busy = (sampleCpu(pid).total - cpu) / ((Date.now() - start) / 1_000);
  for (const StreamName of names) {
    await kinesis.send(new DeleteStreamCommand({ StreamName }));
    await waitUntilStreamNotExists({ client: kinesis, maxWaitTime: 60, minDelay: 1, maxDelay: 2 }, { StreamName });
  }
  return { records, perSecond, emulatorBusy: busy > 0 ? busy : undefined };
}
