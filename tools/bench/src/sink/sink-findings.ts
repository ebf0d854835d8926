import type { Findings } from '../bench-session';
import { type Spread, spreadOf, spreadText } from '../spread';
import { grouped } from '@ad-analytics/command-line/progress';
import type { SinkPlan, SinkRun } from './bench-sink';
import type { Batch } from './run-handler';
import { TABLES, type TableName } from './tables';

const WHAT: Readonly<Record<TableName, string>> = {
  stub: 'a stub that answers at once: what the function itself costs',
  emulator: 'the emulated DynamoDB, one Python process on the same machine',
};

const total = (batches: readonly Batch[], of: 'records' | 'ms' | 'cpuMs') =>
  batches.reduce((sum, batch) => sum + batch[of], 0);

/** What a run has cost after its first batch, which is part of the cold start. */
export function steadyState({ batches }: Pick<SinkRun, 'batches'>) {
  const warm = batches.slice(1);
  const records = total(warm, 'records');
  return {
    recordsPerSecond: (records * 1_000) / total(warm, 'ms'),
    msPerThousand: (total(warm, 'ms') * 1_000) / records,
    cpuMsPerThousand: (total(warm, 'cpuMs') * 1_000) / records,
  };
}

/** @param types results by record type @returns what the runs come to */
export function findings(plan: SinkPlan, types: ReadonlyMap<string, number>, runs: readonly SinkRun[]): Findings {
  const spread = (table: TableName, value: (run: SinkRun) => number): Spread =>
    spreadOf(runs.filter((run) => run.table === table).map(value));
  const results = [...types.values()].reduce((sum, count) => sum + count, 0);
  const steady = (table: TableName, of: keyof ReturnType<typeof steadyState>) =>
    spread(table, (run) => steadyState(run)[of]);
  return {
    title: 'The output sink',
    settings: {
      results,
      'batch size': plan.batchSize,
      seed: plan.seed,
      runs: plan.runs,
      ...Object.fromEntries([...types].map(([type, count]) => [`results of type ${type}`, count])),
    },
    notes: [
      'The bundled function in a separate process, with events as Lambda gives them. The results are those that the packaged job writes for generated traffic, at even distances over its run.',
      'Each run is a fresh process. Its first batch counts for the cold start only. The time of a batch includes parsing the event, and excludes the invocation of Lambda.',
      'CPU time is that of the process of the function. It has a whole core of this machine; Lambda gives a share of a core that is in proportion to its memory (1,769 MB for one).',
      'The cold start begins with the start of the process. On AWS, the download of the bundle and the start of the execution environment come before it.',
    ],
    tables: [
      {
        title: 'A warm function',
        head: ['table', 'what it is', 'records/s', 'ms for 1,000 records', 'CPU ms for 1,000 records'],
        text: ['what it is'],
        rows: TABLES.map((table) => [
          table,
          WHAT[table],
          spreadText(steady(table, 'recordsPerSecond')),
          spreadText(steady(table, 'msPerThousand'), 1),
          spreadText(steady(table, 'cpuMsPerThousand'), 1),
        ]),
      },
      {
        title: 'Cold start, ms since the start of the process',
        head: ['table', 'bundle loaded', `first batch of ${grouped(plan.batchSize)} answered`],
        rows: TABLES.map((table) => [
          table,
          spreadText(spread(table, (run) => run.loadMs)),
          spreadText(spread(table, (run) => run.firstAnswerMs)),
        ]),
      },
    ],
    plots: [
      {
        name: 'time',
        title: 'Time for 1,000 records in a warm function',
        kind: 'bars',
        xLabel: 'table',
        yLabel: 'ms',
        series: (['msPerThousand', 'cpuMsPerThousand'] as const).map((of) => ({
          name: of === 'msPerThousand' ? 'elapsed time' : 'CPU time',
          points: TABLES.map((table) => {
            const { median, least, greatest } = steady(table, of);
            return { x: table, y: median, least, greatest };
          }),
        })),
      },
    ],
    skipped: [],
    figures: runs,
  };
}
