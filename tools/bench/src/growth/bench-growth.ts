import { withBenchCluster } from '../bench-cluster';
import type { BenchSession, Findings } from '../bench-session';
import { type GraphFlags, clusterSettings } from '../graph-options';
import { jobCluster } from '../job-cluster';
import { CHECKPOINTS_NOTE, type JobFigures, measureJob } from '../measure-job';
import { type Spread, spreadOf, spreadText } from '../spread';
import { grouped } from '@ad-analytics/command-line/progress';
import { EVEN, type Variant, only, variants } from './variants';

/** How growth is measured. */
export interface GrowthPlan extends GraphFlags {
  readonly events: number;
  readonly seed: number;
  readonly users: number;
  readonly campaigns: number;
  readonly parallelism: number;
  readonly runs: number;
  /** Names of the variants beside the even load; all when missing. */
  readonly only?: readonly string[];
}

/** The figures of one variant. */
export interface GrowthFigures {
  readonly variant: Variant;
  readonly cpu: Spread;
  readonly rate: Spread;
  readonly checkpoints: Spread;
}

/** @returns the cost of an event with more keys, and with an uneven load */
export async function benchGrowth(plan: GrowthPlan, session: BenchSession): Promise<Findings> {
  const { events, seed, rate, users, campaigns, parallelism: shards } = plan;
  const all = only(variants({ events, seed, rate, users, campaigns, shards }), plan.only);
  const runs = new Map<string, JobFigures[]>(all.map(({ name }) => [name, []]));
  // The variants run in turns, so a change on the machine affects all of them.
  for (let run = 1; run <= plan.runs; run += 1)
    for (const variant of all) runs.get(variant.name)?.push(await measure(variant, run, plan, session));
  return findings(
    plan,
    all.map((variant) => {
      const own = runs.get(variant.name) ?? [];
      return {
        variant,
        cpu: spreadOf(own.map(({ cpuMicrosPerEvent }) => cpuMicrosPerEvent)),
        rate: spreadOf(own.map(({ eventsPerSecond }) => eventsPerSecond)),
        checkpoints: spreadOf(own.map(({ checkpoints }) => checkpoints)),
      };
    }),
  );
}

async function measure(variant: Variant, run: number, plan: GrowthPlan, session: BenchSession): Promise<JobFigures> {
  const input = await session.prepare(variant.input);
  const title = `${variant.name}, run ${run} of ${plan.runs}`;
  const figures = await withBenchCluster(
    await jobCluster(`${variant.name.replaceAll(/[^a-z0-9]+/g, '-')}-${run}`, input, plan, session),
    session.signal,
    async (cluster) =>
      measureJob(cluster, await cluster.submit(), { title, warmUp: plan.warmUp, signal: session.signal }),
  );
  session.say(
    `${title}: ${figures.cpuMicrosPerEvent.toFixed(1)} µs of CPU per event, ${grouped(figures.eventsPerSecond)} events/s`,
  );
  return figures;
}

/** @param all the even load first */
export function findings(plan: GrowthPlan, all: readonly GrowthFigures[]): Findings {
  const even = all.find(({ variant }) => variant.name === EVEN);
  const ratio = ({ cpu }: GrowthFigures) => (even === undefined ? '' : (cpu.median / even.cpu.median).toFixed(2));
  const curves = [...new Set(all.flatMap(({ variant }) => variant.curve?.of ?? []))];
  const at = (times: number, { median, least, greatest }: Spread) => ({ x: times, y: median, least, greatest });
  return {
    title: 'Growth and uneven load',
    settings: {
      events: plan.events,
      users: plan.users,
      campaigns: plan.campaigns,
      'shards of each stream': plan.parallelism,
      seed: plan.seed,
      'events per second of event time': plan.rate,
      runs: plan.runs,
      parallelism: plan.parallelism,
      'share of the warm-up': plan.warmUp,
      ...clusterSettings(plan),
    },
    notes: [
      CHECKPOINTS_NOTE,
      'Each variant differs from the even load in one size or in the share of one value. More events are more event time at the same rate.',
      'The backlog has more events, because six hours have more of those of attackers and other actors. All of it is there before the job starts.',
      'An uneven load is that of the same generated events; the values are replaced, for an impression and its clicks alike.',
    ],
    tables: [
      {
        title: 'CPU time',
        head: ['variant', 'µs of CPU per event', 'events/s', 'checkpoints', 'as a multiple of the even load'],
        rows: all.map((figures) => [
          figures.variant.name,
          spreadText(figures.cpu, 1),
          spreadText(figures.rate),
          spreadText(figures.checkpoints),
          ratio(figures),
        ]),
      },
    ],
    plots: [
      ...(curves.length === 0
        ? []
        : [
            {
              name: 'curves',
              title: 'CPU time per event when the load grows',
              kind: 'curves' as const,
              xLabel: 'times as many as in the even load',
              yLabel: 'µs of CPU per event',
              series: curves.map((name) => ({
                name,
                points: [
                  ...(even === undefined ? [] : [at(1, even.cpu)]),
                  ...all.flatMap(({ variant: { curve }, cpu }) => (curve?.of === name ? [at(curve.times, cpu)] : [])),
                ],
              })),
            },
          ]),
      {
        name: 'spread',
        title: 'CPU time per event when the load is uneven',
        kind: 'bars' as const,
        xLabel: 'load',
        yLabel: 'µs of CPU per event',
        series: [
          {
            name: 'CPU time',
            points: all
              .filter(({ variant }) => variant.curve === undefined)
              .map(({ variant, cpu }) => ({ ...at(0, cpu), x: variant.name })),
          },
        ],
      },
    ],
    skipped: [],
    figures: all,
  };
}
