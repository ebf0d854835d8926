import type { BySource } from '@ad-analytics/result-records/result-tally';
import { grouped } from '@ad-analytics/command-line/progress';
import type { Findings } from '../bench-session';
import type { JobFigures } from '../measure-job';
import { spreadOf, spreadText } from '../spread';
import { LEAST_IN_CHART, byOperator } from '../threads-by-operator';

const MIB = 2 ** 20;

/** The figures of one run on a backlog. */
export interface BacklogFigures {
  /** Records of both streams. */
  readonly events: number;
  /** Records of each stream, by shard; how uneven the fill is. */
  readonly eventsByShard: Readonly<Record<keyof BySource, readonly number[]>>;
  /** Number of result records. */
  readonly results: number;
  /** From the end of the warm-up to the last record. */
  readonly steady: Omit<JobFigures, 'checkpoints'>;
  /** From the running job to the last closed window. */
  readonly whole: {
    readonly cpuMicrosPerEvent: number;
    readonly seconds: number;
    /** From the last record through the last operator to every window closed. */
    readonly secondsAfterTheLastRecord: number;
  };
}

/** What was compared with the results that verify computed. */
export interface Verified {
  readonly expected: number;
  /** Missing, extra and differing. */
  readonly wrong: number;
}

/**
 * @param settings of the runs
 * @param runs at least one
 * @param verified of each run; undefined if the results were not verified
 * @param cores which cores the TaskManager had
 */
export function findings(
  settings: Findings['settings'],
  runs: readonly BacklogFigures[],
  verified: readonly Verified[] | undefined,
  cores: readonly string[],
): Findings {
  const row = (name: string, of: (run: BacklogFigures) => number, digits = 0) => [
    name,
    spreadText(spreadOf(runs.map(of)), digits),
  ];
  const memory = runs.flatMap(({ steady }) => (steady.peakMemory === undefined ? [] : [steady.peakMemory / MIB]));
  const operators = byOperator(runs.map(({ steady }) => steady));
  const fill = runs[0]?.eventsByShard;
  return {
    title: 'The job on a backlog in Kinesis',
    settings,
    notes: [
      'The packaged job on the local stack. All records are in the emulated Kinesis before the job starts. The emulator shares the cores with the job, and its CPU time is not in the figures.',
      'The traffic has every attack, and 2 % each of late, repeated, malformed and orphan records.',
      'The steady state ends with the last record that the job reads, which Flink reports up to two seconds later. The whole run also has the first records, the compilation of the code, and the end of all windows.',
      "RocksDB's write buffers have 4 MB, as everywhere on the local stack.",
      ...cores,
      verified === undefined
        ? 'The results were not verified.'
        : 'After each run, verify computes all results from the input. A run with a wrong result ends with an error, without a report.',
    ],
    tables: [
      {
        title: 'Backlog',
        head: ['figure', 'value'],
        rows: [
          row('µs of CPU per event, steady state', ({ steady }) => steady.cpuMicrosPerEvent, 1),
          row('events/s, steady state', ({ steady }) => steady.eventsPerSecond),
          row('µs of CPU per event, whole run', ({ whole }) => whole.cpuMicrosPerEvent, 1),
          row('seconds, whole run', ({ whole }) => whole.seconds, 1),
          row(
            'seconds from the last record to the last closed window',
            (run) => run.whole.secondsAfterTheLastRecord,
            1,
          ),
          row('events', ({ events }) => events),
          row('results', ({ results }) => results),
          ...(verified === undefined
            ? []
            : [
                ['results that verify expects', spreadText(spreadOf(verified.map(({ expected }) => expected)))],
                [
                  'of them missing or differing, and extra results',
                  spreadText(spreadOf(verified.map(({ wrong }) => wrong))),
                ],
              ]),
          ...(memory.length === 0 ? [] : [['peak memory of the TaskManager, MiB', spreadText(spreadOf(memory))]]),
        ],
      },
      {
        title: 'Records by shard',
        head: ['stream', ...(fill?.impression.map((_, shard) => `shard ${shard + 1}`) ?? [])],
        rows: [
          ['impressions', ...(fill?.impression.map(grouped) ?? [])],
          ['clicks', ...(fill?.click.map(grouped) ?? [])],
        ],
      },
      {
        title: 'By thread, µs of CPU per event in the steady state',
        head: ['thread', 'µs'],
        rows: operators.map(({ name, micros }) => [name, micros.toFixed(1)]),
      },
    ],
    plots: [
      {
        name: 'threads',
        title: 'CPU time per event on a backlog in Kinesis, by thread',
        kind: 'bars',
        xLabel: 'thread',
        yLabel: 'µs of CPU per event',
        series: [
          {
            name: 'job',
            points: operators
              .filter(({ micros }) => micros >= LEAST_IN_CHART)
              .map(({ name, micros }) => ({ x: name, y: micros })),
          },
        ],
      },
    ],
    skipped: [],
    figures: { runs, verified },
  };
}
