import { setTimeout as sleep } from 'node:timers/promises';
import { RECORD_TYPES } from '@ad-analytics/event-schemas';
import type { BenchSession, Findings } from '../bench-session';
import { type Percentiles, percentilesOf } from '../percentiles';
import { DEMO_SETTINGS } from '@ad-analytics/demo/demo-settings';
import { generatorSpec } from '@ad-analytics/demo/generator';
import { listShardIds, readShard } from '@ad-analytics/local-stack/kinesis/read-shard';
import { JobFailedError } from '@ad-analytics/command-line/errors';
import { describeEnd } from '@ad-analytics/local-stack/managed-process';
import { type LocalStack, withLocalStack } from '@ad-analytics/local-stack/stack';
import { createStreams } from '@ad-analytics/local-stack/streams';
import { whileJobRuns } from '@ad-analytics/pipeline/while-job-runs';
import { parseResult } from '@ad-analytics/result-records/parse-result';
import { type StackFlags, stackOptions } from '@ad-analytics/local-stack/stack-options';
import type { DueSettings } from './due-time';
import { inputDelays } from './input-delays';
import { findings } from './latency-findings';
import { LatencySample, type TypeLatency } from './latency-sample';
import { type RoundTrips, probeKinesis } from './probe';

const MS_PER_SECOND = 1_000;
const PROBE_STREAM = 'BenchProbe';
const CTR = 0.05;
/** When stopped, the generator sends its buffered events. */
const GENERATOR_GRACE_MS = 20_000;

/** How the latency is measured. */
export interface LatencyPlan extends StackFlags {
  readonly rate: number;
  readonly seed: number;
  readonly runs: number;
  /** Seconds of traffic before the results that are measured. */
  readonly warmUpSeconds: number;
  /** Seconds of traffic whose results are measured. */
  readonly seconds: number;
  /** Seconds of traffic after that, so that the last results arrive while the traffic still flows. */
  readonly tailSeconds: number;
}

/** The result of one run. */
export interface LatencyRun {
  readonly types: readonly TypeLatency[];
  /** Steps on the way that are not the job's, milliseconds. */
  readonly around: {
    readonly generator: Percentiles | undefined;
    readonly put: Percentiles | undefined;
    readonly get: Percentiles | undefined;
  };
}

/** @returns latencies of the packaged job on the local stack, by record type */
export async function benchLatency(plan: LatencyPlan, session: BenchSession): Promise<Findings> {
  const runs: LatencyRun[] = [];
  for (let run = 1; run <= plan.runs; run += 1) {
    session.say(`Run ${run} of ${plan.runs}`);
    const options = stackOptions(`stack-${run}`, plan, { restart: 'none', onProgress: session.say }, DEMO_SETTINGS);
    // A stack in a separate folder, so that other commands do not confuse it with the user's stack.
    runs.push(
      await withLocalStack({ ...options, runRoot: session.folder }, session.signal, (stack) =>
        measureRun(stack, plan, session),
      ),
    );
  }
  return findings(plan, runs);
}

async function measureRun(stack: LocalStack, plan: LatencyPlan, { say, signal }: BenchSession): Promise<LatencyRun> {
  const { rate, seed } = plan;
  const wait = (seconds: number) => sleep(seconds * MS_PER_SECOND, undefined, { signal });
  await createStreams(stack.kinesis, [PROBE_STREAM], 1);
  say('Submitting the job');
  const job = await stack.submit();
  await job.running(signal);
  const spec = generatorSpec(stack, { rate, seed, ctr: CTR });
  const generator = stack.parts.start(spec.process);
  const measured = await whileJobRuns(job, signal, async () => {
    say(`${rate} events/s; ${plan.warmUpSeconds} s of warm-up`);
    await wait(plan.warmUpSeconds);
    const from = Date.now();
    const enough = new AbortController();
    const probing = probeKinesis(stack.kinesis, PROBE_STREAM, AbortSignal.any([enough.signal, signal]));
    say(`${plan.seconds} s whose results are measured, and ${plan.tailSeconds} s until the last of them have arrived`);
    const [trips] = await Promise.all([probing, wait(plan.seconds).finally(() => enough.abort())]);
    const to = Date.now();
    await wait(plan.tailSeconds);
    await generator.stop(GENERATOR_GRACE_MS);
    const end = await generator.ended;
    if (end.code !== 0)
      throw new JobFailedError(`The generator ${describeEnd(end)}; see ${generator.logFiles.join(', ')}`);
    return { span: { from, to }, trips };
  });
  await job.cancel();
  say('Reading the results');
  return summarise(stack, measured.span, measured.trips, spec.labels);
}

async function summarise(
  stack: LocalStack,
  span: { from: number; to: number },
  trips: RoundTrips,
  labels: string,
): Promise<LatencyRun> {
  const { attribution, eventTime, results, impressions } = stack.settings;
  const settings: DueSettings = {
    attributionWindowMs: attribution.windowSeconds * MS_PER_SECOND,
    maxOutOfOrdernessMs: eventTime.maxOutOfOrdernessSeconds * MS_PER_SECOND,
  };
  const sample = new LatencySample(span, settings);
  for (const shard of await listShardIds(stack.kinesis, results.streamName)) {
    for await (const batch of readShard(stack.kinesis, results.streamName, shard)) {
      for (const { data, arrivalTime } of batch) {
        const parsed = parseResult(data);
        if ('problem' in parsed) throw new JobFailedError(`A result does not match the contract: ${parsed.problem}`);
        sample.add(parsed.record, arrivalTime);
      }
    }
  }
  return {
    types: sample.latencies(RECORD_TYPES),
    around: {
      generator: percentilesOf(await inputDelays(stack.kinesis, impressions.streamName, labels, span)),
      put: percentilesOf(trips.put),
      get: percentilesOf(trips.get),
    },
  };
}
