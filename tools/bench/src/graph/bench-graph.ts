import { withBenchCluster } from '../bench-cluster';
import type { BenchSession, Findings } from '../bench-session';
import { type GraphFlags, clusterSettings } from '../graph-options';
import { coreNotes } from '../core-notes';
import { jobCluster } from '../job-cluster';
import { CHECKPOINTS_NOTE, type JobFigures, measureJob } from '../measure-job';
import { LEAST_IN_CHART, byOperator } from '../threads-by-operator';
import { type Spread, spreadOf, spreadText } from '../spread';
import { coresIfPossible } from '@ad-analytics/local-stack/on-cores';
import { grouped } from '@ad-analytics/command-line/progress';

/** How the job graph is measured. */
export interface GraphPlan extends GraphFlags {
  readonly events: number;
  readonly seed: number;
  /** Parallelisms, each measured separately. */
  readonly parallelism: readonly number[];
  readonly runs: number;
}

/** The figures at one parallelism. */
interface GraphFigures {
  readonly parallelism: number;
  readonly runs: readonly JobFigures[];
  readonly cpuMicrosPerEvent: Spread;
  readonly eventsPerSecond: Spread;
}

/** @returns figures of the packaged job's graph on prepared records, at each parallelism */
export async function benchGraph(plan: GraphPlan, session: BenchSession): Promise<Findings> {
  const all: GraphFigures[] = [];
  for (const parallelism of plan.parallelism) all.push(await atParallelism(parallelism, plan, session));
  return findings(plan, all);
}

async function atParallelism(parallelism: number, plan: GraphPlan, session: BenchSession): Promise<GraphFigures> {
  const { events, seed, rate } = plan;
  const input = await session.prepare({ events, seed, rate, shards: parallelism });
  const taskManagerCores = coresIfPossible(parallelism);
  const runs: JobFigures[] = [];
  for (let run = 1; run <= plan.runs; run += 1) {
    const title = `Parallelism ${parallelism}, run ${run} of ${plan.runs}`;
    const figures = await withBenchCluster(
      {
        ...(await jobCluster(`parallelism-${parallelism}-run-${run}`, input, { ...plan, parallelism }, session)),
        taskManagerCores,
      },
      session.signal,
      async (cluster) =>
        measureJob(cluster, await cluster.submit(), { title, warmUp: plan.warmUp, signal: session.signal }),
    );
    session.say(
      `${title}: ${figures.cpuMicrosPerEvent.toFixed(1)} µs of CPU per event, ${grouped(figures.eventsPerSecond)} events/s`,
    );
    runs.push(figures);
  }
  return {
    parallelism,
    runs,
    cpuMicrosPerEvent: spreadOf(runs.map((run) => run.cpuMicrosPerEvent)),
    eventsPerSecond: spreadOf(runs.map((run) => run.eventsPerSecond)),
  };
}

function findings(plan: GraphPlan, all: readonly GraphFigures[]): Findings {
  const [first] = all;
  const ratio = (figures: GraphFigures) =>
    first === undefined ? '' : (figures.eventsPerSecond.median / first.eventsPerSecond.median).toFixed(2);
  const operators = all.map((figures) => byOperator(figures.runs));
  const names = operators[0]?.map(({ name }) => name) ?? [];
  const microsOf = (of: readonly { name: string; micros: number }[] | undefined, name: string) =>
    of?.find((operator) => operator.name === name)?.micros ?? 0;
  return {
    title: 'The job graph',
    settings: {
      events: plan.events,
      seed: plan.seed,
      'events per second of event time': plan.rate,
      runs: plan.runs,
      'share of the warm-up': plan.warmUp,
      ...clusterSettings(plan),
    },
    notes: [
      'The packaged graph with its own source and sink, on RocksDB. Only the access to Kinesis is replaced at both ends: records come out of memory, results are encoded and then discarded.',
      'CPU time is that of the whole TaskManager: operators, RocksDB, garbage collection, compiler. The warm-up is not in it.',
      CHECKPOINTS_NOTE,
      'One shard of each stream for each subtask.',
      'By default, each subtask has the heap of a Kinesis Processing Unit, and RocksDB half of its native memory. AWS does not say how much RocksDB gets.',
      ...coreNotes(plan.parallelism),
      'By thread: an operator works in the thread of its task together with those that are chained to it, and its reads and writes of RocksDB are in it.',
    ],
    tables: [
      {
        title: 'Whole job',
        head: [
          'parallelism',
          'µs of CPU per event',
          'events/s',
          'throughput, ratio',
          'checkpoints',
          'peak memory, MiB',
        ],
        rows: all.map((figures) => [
          String(figures.parallelism),
          spreadText(figures.cpuMicrosPerEvent, 1),
          spreadText(figures.eventsPerSecond),
          ratio(figures),
          spreadText(spreadOf(figures.runs.map(({ checkpoints }) => checkpoints))),
          grouped(Math.max(...figures.runs.map(({ peakMemory }) => peakMemory ?? 0)) / 2 ** 20),
        ]),
      },
      {
        title: 'By thread, µs of CPU per event',
        head: ['thread', ...all.map(({ parallelism }) => `parallelism ${parallelism}`)],
        rows: names.map((name) => [name, ...operators.map((of) => microsOf(of, name).toFixed(1))]),
      },
    ],
    plots: [
      {
        name: 'threads',
        title: 'CPU time per event, by thread',
        kind: 'bars',
        xLabel: 'thread',
        yLabel: 'µs of CPU per event',
        series: all.map(({ parallelism }, index) => ({
          name: `parallelism ${parallelism}`,
          points: names
            .map((name) => ({ x: name, y: microsOf(operators[index], name) }))
            .filter(({ y }) => y >= LEAST_IN_CHART),
        })),
      },
    ],
    skipped: [],
    figures: all,
  };
}
