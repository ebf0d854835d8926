import { setTimeout as sleep } from 'node:timers/promises';
import { RECORD_TYPES } from '@ad-analytics/event-schemas';
import type { BenchSession, Findings } from '../bench-session';
import { readArrivals, stopGenerator, withBenchStack } from '../bench-stack';
import { type Percentiles, percentilesOf } from '../percentiles';
import { generatorSpec } from '@ad-analytics/demo/generator';
import type { LocalStack } from '@ad-analytics/local-stack/stack';
import { createStreams } from '@ad-analytics/local-stack/streams';
import { whileJobRuns } from '@ad-analytics/pipeline/while-job-runs';
import type { StackFlags } from '@ad-analytics/local-stack/stack-options';
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
    runs.push(await withBenchStack(`stack-${run}`, plan, session, (stack) => measureRun(stack, plan, session)));
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
    await stopGenerator(generator, GENERATOR_GRACE_MS);
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
  const { attribution, eventTime, impressions } = stack.settings;
  const settings: DueSettings = {
    attributionWindowMs: attribution.windowSeconds * MS_PER_SECOND,
    maxOutOfOrdernessMs: eventTime.maxOutOfOrdernessSeconds * MS_PER_SECOND,
  };
  const sample = new LatencySample(span, settings);
  await readArrivals(stack, (record, arrivalMs) => sample.add(record, arrivalMs));
  return {
    types: sample.latencies(RECORD_TYPES),
    around: {
      generator: percentilesOf(await inputDelays(stack.kinesis, impressions.streamName, labels, span)),
      put: percentilesOf(trips.put),
      get: percentilesOf(trips.get),
    },
  };
}
