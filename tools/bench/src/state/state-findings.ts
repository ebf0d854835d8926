import type { Findings } from '../bench-session';
import { clusterSettings } from '../graph-options';
import { spreadOf, spreadText } from '../spread';
import { grouped } from '@ad-analytics/command-line/progress';
import type { Recovery, StatePlan, StatePoint } from './bench-state';

const MIB = 2 ** 20;

/** @returns a row for each operator with state, the largest first */
function operatorRows(states: readonly Pick<Recovery, 'byOperator' | 'liveImpressions'>[]): string[][] {
  const names = new Set(states.flatMap(({ byOperator }) => Object.keys(byOperator)));
  return [...names]
    .map((name) => ({
      name,
      bytes: spreadOf(states.map(({ byOperator, liveImpressions }) => (byOperator[name] ?? 0) / liveImpressions)),
    }))
    .sort((a, b) => b.bytes.median - a.bytes.median)
    .map(({ name, bytes }) => [name, spreadText(bytes, 1)]);
}

/** @param runs state points of each run @param recoveries one for each run */
export function findings(
  plan: StatePlan,
  runs: readonly (readonly StatePoint[])[],
  recoveries: readonly Recovery[],
): Findings {
  // After the first attribution window, impressions expire as fast as new ones arrive.
  const full = runs.map((points) => points.filter(({ windows }) => windows > 1));
  const ends = full.flatMap((points) => points.slice(-1));
  const bytesPerImpression = ends.map(({ stateBytes, liveImpressions }) => stateBytes / liveImpressions);
  const all = full.flat();
  const growth = full.flatMap((points) => {
    const [first, last] = [points[0], points.at(-1)];
    return first === undefined || last === undefined ? [] : [last.stateBytes / first.stateBytes];
  });
  const row = (name: string, values: readonly number[], digits = 0) =>
    values.length === 0 ? [] : [[name, spreadText(spreadOf(values), digits)]];
  return {
    title: 'State',
    settings: {
      'live impressions': plan.live,
      'attribution windows': plan.windows,
      'live impressions at the crash': plan.recoveryLive,
      seed: plan.seed,
      runs: plan.runs,
      parallelism: plan.parallelism,
      ...clusterSettings(plan),
    },
    notes: [
      'The state is that of the whole job as a checkpoint holds it: impressions, users, addresses, windows, and what RocksDB has not yet removed of deleted values. Divided by the impressions that are within an attribution window, it is the bytes per live impression.',
      'A recovery is from the kill of the TaskManager to the first records that the job takes again. Another TaskManager stands ready, as in a cluster with a spare one.',
    ],
    tables: [
      {
        title: 'Figures',
        head: ['figure', 'value'],
        rows: [
          ...row('bytes of state per live impression, at the end', bytesPerImpression),
          ...row('state at the end, as a multiple of that after the first window', growth, 2),
          ...row(
            'size of the state after the first window, over all checkpoints, MiB',
            all.map(({ stateBytes }) => stateBytes / MIB),
            1,
          ),
          ...row(
            'written by a checkpoint, over all checkpoints, MiB',
            all.map(({ writtenBytes }) => writtenBytes / MIB),
            1,
          ),
          ...row(
            'time of a checkpoint, over all checkpoints, ms',
            all.map(({ milliseconds }) => milliseconds),
          ),
          ...row(
            'live impressions at the crash',
            recoveries.map(({ liveImpressions }) => liveImpressions),
          ),
          ...row(
            'state at the crash, MiB',
            recoveries.map(({ stateBytes }) => stateBytes / MIB),
            1,
          ),
          ...row(
            'time to recover, s',
            recoveries.map(({ milliseconds }) => milliseconds / 1_000),
            1,
          ),
        ],
      },
      {
        title: 'State at the end, by operator',
        head: ['operator', 'bytes per live impression'],
        rows: operatorRows(ends),
      },
      {
        title: 'State at the crash, by operator',
        head: ['operator', 'bytes per live impression'],
        rows: operatorRows(recoveries),
      },
    ],
    plots: [
      {
        name: 'growth',
        title: 'State over attribution windows',
        kind: 'curves',
        xLabel: 'event time, in attribution windows',
        yLabel: 'state, MiB',
        series: runs.map((points, run) => ({
          name: `run ${grouped(run + 1)}`,
          points: points.map(({ windows, stateBytes }) => ({ x: windows, y: stateBytes / MIB })),
        })),
      },
    ],
    skipped: [],
    figures: { runs, recoveries },
  };
}
