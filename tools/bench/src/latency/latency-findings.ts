import { RECORD_TYPES } from '@ad-analytics/event-schemas';
import type { Findings } from '../bench-session';
import { stackSettings } from '../bench-stack';
import type { Percentiles } from '../percentiles';
import { spreadOf, spreadText } from '../spread';
import { grouped } from '@ad-analytics/command-line/progress';
import type { LatencyPlan, LatencyRun } from './bench-latency';
import { DUE } from './due-time';

const SHOWN = ['p50', 'p95', 'p99', 'max'] as const;

/** @returns the median of the runs for each percentile, and the number of values of all runs */
function cells(runs: readonly (Percentiles | undefined)[]): string[] | undefined {
  const found = runs.flatMap((run) => run ?? []);
  if (found.length === 0) return undefined;
  const count = found.reduce((sum, run) => sum + run.count, 0);
  return [grouped(count), ...SHOWN.map((name) => spreadText(spreadOf(found.map((run) => run[name]))))];
}

/** @param runs all runs of a plan @returns the findings */
export function findings(plan: LatencyPlan, runs: readonly LatencyRun[]): Findings {
  const ofType = (type: string, which: 'fromDue' | 'pastWatermark') =>
    runs.map(({ types }) => types.find((one) => one.type === type)?.[which]);
  const rows = (which: 'fromDue' | 'pastWatermark') =>
    RECORD_TYPES.flatMap((type) => {
      const values = cells(ofType(type, which));
      return values === undefined ? [] : [[type, DUE[type], ...values]];
    });
  const around = (what: string, of: keyof LatencyRun['around']) => {
    const values = cells(runs.map((run) => run.around[of]));
    return values === undefined ? [] : [[what, ...values]];
  };
  const missing = RECORD_TYPES.filter((type) => cells(ofType(type, 'fromDue')) === undefined);
  const bars = RECORD_TYPES.filter((type) => !missing.includes(type));
  return {
    title: 'Latency',
    settings: {
      'events per second': plan.rate,
      'seconds of warm-up': plan.warmUpSeconds,
      'seconds measured': plan.seconds,
      seed: plan.seed,
      runs: plan.runs,
      ...stackSettings(plan),
    },
    notes: [
      'The packaged job on the local stack: the generator, the emulated Kinesis, Flink and the job share the cores of one machine. The latency ends when the results stream has taken the record (ApproximateArrivalTimestamp).',
      'Only results that are due after the warm-up count. The traffic continues until they have arrived.',
      'The watermark is max.out.of.orderness.seconds (5 s) behind the clock of the shards. Therefore no result that waits for it can come earlier. "Past the watermark" counts from the moment when it can reach the due time.',
      'Polling adds to this: the source reads each shard every 200 ms and emits watermarks every 200 ms, and the slowest shard of both streams decides. The generator collects records for up to 100 ms, and the sink for up to 0.25 s unless it has 500. On average these are about 0.1 + 0.1 + 0.05 + 0.125 s, and at most 0.75 s.',
      'All users that had an event in a minute get a score at its end. At a high rate these records are a burst, and other results wait behind them in the emulator.',
      'The last table shows what the surroundings of the job add: the time from an ordinary event to its arrival in the input stream, and requests of one record to the emulator during the measurement. The emulator is one Python process; Kinesis itself is not measured here.',
    ],
    tables: [
      {
        title: 'From the due time to the result, ms',
        head: ['record type', 'due', 'results', ...SHOWN],
        text: ['due'],
        rows: rows('fromDue'),
      },
      {
        title: 'Past the watermark, ms',
        head: ['record type', 'due', 'results', ...SHOWN],
        text: ['due'],
        rows: rows('pastWatermark'),
      },
      {
        title: 'Around the job, ms',
        head: ['step', 'times', ...SHOWN],
        rows: [
          ...around('impression: from its time to its arrival in the stream', 'generator'),
          ...around('emulator: PutRecords of one record', 'put'),
          ...around('emulator: GetRecords of one record', 'get'),
        ],
      },
    ],
    plots: [
      {
        name: 'due',
        title: 'From the due time to the result',
        kind: 'bars',
        xLabel: 'record type',
        yLabel: 'ms',
        series: (['p50', 'p95', 'p99'] as const).map((name) => ({
          name,
          points: bars.map((type) => {
            const spread = spreadOf(ofType(type, 'fromDue').flatMap((run) => run?.[name] ?? []));
            return { x: type, y: spread.median, least: spread.least, greatest: spread.greatest };
          }),
        })),
      },
    ],
    skipped: missing.map((what) => ({ what, reason: 'no result of this type was due in the time that was measured' })),
    figures: runs,
  };
}
