import { sumOf } from '@ad-analytics/job-checks/chaos/scenario-result';
import type { Findings } from '../bench-session';
import { stackSettings } from '../bench-stack';
import type { Plot } from '../part-result';
import { type Percentiles, percentilesOf } from '../percentiles';
import { spreadOf, spreadText } from '../spread';
import { LOAD, type LoadPlan, type LoadRun, OVERLOAD, coresOf } from './bench-load';
import { type Growth, type Span, growthOf, quarterOf } from './growth';
import { RESOURCES, type ResourceName, type ResourceSample } from './resources';

const MIB = 2 ** 20;
const PERCENT = 100;
const MS_PER_SECOND = 1_000;
const MS_PER_MINUTE = 60_000;
const CURVE_POINTS = 120;

/**
 * How each resource is compared. A value that falls only at a garbage collection is compared by its least values; allowances are for resources
 * that are small or come in large steps.
 */
const COMPARED: Readonly<Record<ResourceName, { statistic: 'median' | 'least'; allowance: number }>> = {
  heapBytes: { statistic: 'least', allowance: 16 * MIB },
  metaspaceBytes: { statistic: 'median', allowance: 4 * MIB },
  directBytes: { statistic: 'median', allowance: 4 * MIB },
  taskManagerBytes: { statistic: 'median', allowance: 16 * MIB },
  jobManagerBytes: { statistic: 'median', allowance: 16 * MIB },
  openFiles: { statistic: 'median', allowance: 10 },
  threads: { statistic: 'median', allowance: 5 },
  stateBytes: { statistic: 'median', allowance: 4 * MIB },
  checkpointMs: { statistic: 'median', allowance: 100 },
  checkpointFiles: { statistic: 'median', allowance: 20 },
  checkpointFileBytes: { statistic: 'median', allowance: 8 * MIB },
  localFiles: { statistic: 'median', allowance: 20 },
  localFileBytes: { statistic: 'median', allowance: 8 * MIB },
  lagMs: { statistic: 'median', allowance: 500 },
};
const LATENCY_ALLOWANCE_MS = 500;

const isBytes = (name: ResourceName) => RESOURCES[name].endsWith('MiB');
const unit = (name: ResourceName, value: number) => (isBytes(name) ? value / MIB : value);

/** @returns values of a resource with their times */
function timed(samples: readonly ResourceSample[], name: ResourceName) {
  return samples.flatMap((sample) => {
    const value = sample[name];
    return value === undefined ? [] : [{ at: sample.at, value }];
  });
}

/** @returns for each resource that is known, its growth in each run */
function growths(runs: readonly Pick<LoadRun, 'samples' | 'load'>[]): Map<ResourceName, Growth[]> {
  const names = Object.keys(RESOURCES) as ResourceName[];
  const all = names.map((name): [ResourceName, Growth[]] => [
    name,
    runs.flatMap(({ samples, load }) => growthOf(timed(samples, name), load, COMPARED[name]) ?? []),
  ]);
  return new Map(all.filter(([, found]) => found.length > 0));
}

function growthRow(name: string, found: readonly Growth[], scale: (value: number) => number, digits: number): string[] {
  const text = (which: 'first' | 'last') => spreadText(spreadOf(found.map((growth) => scale(growth[which]))), digits);
  const grew = found.filter((growth) => growth.grew).length;
  return [name, text('first'), text('last'), grew === 0 ? 'no' : `yes, in ${grew} of ${found.length} runs`];
}

/**
 * The median of the minutes, because the p99 of a whole quarter is its slowest few seconds: one stall of the machine decides it. The slowest minute
 * shows the stalls.
 */
function latencyRows(runs: readonly LoadRun[]): string[][] {
  return (['p50', 'p95', 'p99'] as const).flatMap((percentile) => {
    const found = runs.flatMap(
      ({ clicks, load }) =>
        growthOf(clicks.perMinute(load, percentile), load, { statistic: 'median', allowance: LATENCY_ALLOWANCE_MS }) ??
        [],
    );
    return found.length === 0
      ? []
      : [growthRow(`attributed click, ${percentile} of a minute, ms`, found, (value) => value, 0)];
  });
}

function slowestMinuteRow(runs: readonly LoadRun[]): string[][] {
  const slowest = (which: 'first' | 'last') =>
    runs.flatMap(({ clicks, load }) => {
      const minutes = clicks.perMinute(quarterOf(load, which), 'p99').map(({ value }) => value);
      return minutes.length === 0 ? [] : Math.max(...minutes);
    });
  const [first, last] = [slowest('first'), slowest('last')];
  if (first.length === 0 || last.length === 0) return [];
  return [
    [
      'attributed click, p99 of the slowest minute, ms',
      spreadText(spreadOf(first)),
      spreadText(spreadOf(last)),
      'not compared',
    ],
  ];
}

const within = (samples: readonly ResourceSample[], { from, to }: Span) =>
  samples.filter(({ at }) => at >= from && at < to);

/** @returns the greatest value of a run from the overload until the recovery */
function greatest(run: LoadRun, value: (sample: ResourceSample) => number | undefined): number {
  const { overload, recoveryMs, samples } = run;
  return Math.max(
    ...within(samples, { from: overload.from, to: overload.to + recoveryMs }).flatMap((one) => value(one) ?? []),
  );
}

/** @param runs all runs of a plan @returns the findings */
export function findings(plan: LoadPlan, runs: readonly LoadRun[]): Findings {
  const grown = growths(runs);
  const row = (name: string, values: readonly number[], digits = 0) => [name, spreadText(spreadOf(values), digits)];
  const sums = runs.map(({ ledger }) => sumOf(ledger));
  const latency = (run: LoadRun): Percentiles | undefined =>
    percentilesOf(run.clicks.within({ from: run.overload.from, to: run.overload.to + run.recoveryMs }));
  const curve = (name: ResourceName) =>
    runs.map(({ samples, load }, run) => {
      const values = timed(samples, name);
      const each = Math.max(1, Math.ceil(values.length / CURVE_POINTS));
      return {
        name: `run ${run + 1}`,
        points: values
          .filter(({ at }, i) => i % each === 0 && at >= load.from)
          .map(({ at, value }) => ({ x: (at - load.from) / MS_PER_MINUTE, y: unit(name, value) })),
      };
    });
  const plotOf = (name: string, yLabel: string, series: Plot['series']): Plot => ({
    name,
    title: `${yLabel}: ${plan.minutes} min of load, then the overload`,
    kind: 'curves' as const,
    xLabel: 'minutes',
    yLabel,
    series,
  });
  const plot = (name: ResourceName) => plotOf(name, RESOURCES[name], curve(name));
  return {
    title: 'Load and overload',
    settings: {
      '100 %, events per second': plan.rate,
      'seconds of warm-up': plan.warmUpSeconds,
      'minutes of load': plan.minutes,
      'seconds of overload': plan.overloadSeconds,
      seed: plan.seed,
      runs: plan.runs,
      'cores of the TaskManager': coresOf(plan) ?? 'all',
      ...stackSettings(plan),
    },
    notes: [
      'The packaged job on the local stack: the generator, the emulated Kinesis, Flink and the job share the cores of one machine.',
      'A resource is compared in the first and the last quarter of the load. It grew if the last quarter is higher by more than a tenth and by more than an allowance for small values (tools/bench/src/load/load-findings.ts). The heap is compared by its least values, all others by their medians; latencies by the median of their minutes.',
      'The event time behind the clock is the age of the earliest watermark of all operators, without max.out.of.orderness.seconds. Flink updates it once per second.',
      'The overload is a second generator. The job has recovered when its lag was three times in a row at most that of 95 % of the samples under load, and one second.',
      'After the run, the job is drained, and verify computes all results from the input streams. A run with a missing, extra or differing result ends with an error, without a report.',
    ],
    tables: [
      {
        title: `${LOAD * PERCENT} % of the rate, for ${plan.minutes} min`,
        head: ['resource', 'first quarter', 'last quarter', 'grew'],
        text: ['grew'],
        rows: [
          ...[...grown].map(([name, found]) =>
            growthRow(RESOURCES[name], found, (value) => unit(name, value), isBytes(name) ? 1 : 0),
          ),
          ...latencyRows(runs),
          ...slowestMinuteRow(runs),
        ],
      },
      {
        title: `${OVERLOAD * PERCENT} % of the rate, for ${plan.overloadSeconds} s`,
        head: ['figure', 'value'],
        rows: [
          row(
            'greatest lag, s',
            runs.map((run) => greatest(run, ({ lagMs }) => lagMs) / MS_PER_SECOND),
            1,
          ),
          row(
            'greatest share of time in which a source waits for the next operators, %',
            runs.map((run) => greatest(run, ({ backPressure }) => backPressure) * PERCENT),
          ),
          row(
            'time to recover, s',
            runs.map(({ recoveryMs }) => recoveryMs / MS_PER_SECOND),
          ),
          row(
            'attributed click until the recovery, p99, s',
            runs.map((run) => (latency(run)?.p99 ?? NaN) / MS_PER_SECOND),
            1,
          ),
        ],
      },
      {
        title: 'Results',
        head: ['figure', 'value'],
        rows: [
          row(
            'events in the input streams, all read',
            runs.map(({ events }) => events),
          ),
          ...(['expected', 'missing', 'extra', 'differing'] as const).map((name) =>
            row(
              `results ${name}`,
              sums.map((sum) => sum[name]),
            ),
          ),
          row(
            'completed checkpoints',
            runs.map(({ completedCheckpoints }) => completedCheckpoints),
          ),
          row(
            'failed checkpoints',
            runs.map(({ failedCheckpoints }) => failedCheckpoints),
          ),
        ],
      },
    ],
    plots: [
      plot('lagMs'),
      plotOf(
        'clicks',
        'attributed click, p99 of a minute, s',
        runs.map(({ clicks, load, overload, recoveryMs }, run) => ({
          name: `run ${run + 1}`,
          points: clicks
            .perMinute({ from: load.from, to: overload.to + recoveryMs }, 'p99')
            .map(({ at, value }) => ({ x: (at - load.from) / MS_PER_MINUTE, y: value / MS_PER_SECOND })),
        })),
      ),
      plot('taskManagerBytes'),
      plot('stateBytes'),
    ],
    skipped: (Object.keys(RESOURCES) as ResourceName[])
      .filter((name) => !grown.has(name))
      .map((name) => ({ what: RESOURCES[name], reason: 'has no value in the first or the last quarter' })),
    figures: runs.map(({ samples, load, overload, recoveryMs, recoveredLagMs, events }) => ({
      ...{ events, load, overload, recoveryMs, recoveredLagMs },
      samples: samples.length,
      growth: Object.fromEntries(growths([{ samples, load }])),
    })),
  };
}
