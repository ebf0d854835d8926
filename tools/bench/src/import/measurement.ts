import { spreadOf, spreadText } from '../spread';
import type { Findings } from '../bench-session';
import { grouped } from '@ad-analytics/command-line/progress';
import type { MemorySample } from './memory-curve';

/** The time that some work took. */
export interface Spent {
  readonly ms: number;
  /** CPU time, on which other work on the machine has less influence; undefined if the system does not provide it. */
  readonly cpuSeconds: number | undefined;
}

/** One turn: the copy and the import, one after the other. */
export interface Turn {
  readonly copy: Spent;
  /** The whole command, its start included. */
  readonly import: Spent;
  /** Peak memory of the command's process, in bytes; undefined if the system does not provide it. */
  readonly peakMemory: number | undefined;
  readonly memory: readonly MemorySample[];
  /** Events that it wrote. */
  readonly events: number;
}

/** The measurements at one size. */
export interface ImportMeasurement {
  readonly rows: number;
  readonly inputBytes: number;
  readonly turns: readonly Turn[];
}

const MIB = 1024 * 1024;

/** @returns how fast the import is as a share of the copy, 0.5 being half its speed, by the clock or by CPU time; undefined if not known */
export function speedRatio({ copy, import: imported }: Turn, by: 'clock' | 'cpu'): number | undefined {
  if (by === 'clock') return copy.ms / imported.ms;
  return copy.cpuSeconds === undefined || imported.cpuSeconds === undefined
    ? undefined
    : copy.cpuSeconds / imported.cpuSeconds;
}

const known = (values: readonly (number | undefined)[]) => values.filter((value) => value !== undefined);
const text = (values: readonly (number | undefined)[], digits = 0) =>
  known(values).length === 0 ? 'not known' : spreadText(spreadOf(known(values)), digits);

/** @returns the figures as tables and a curve for the report */
export function importFindings(measured: readonly ImportMeasurement[], settings: Findings['settings']): Findings {
  return {
    title: 'The import of logs',
    settings,
    notes: [
      "The copy is DuckDB's own: it reads the same log and writes the same fields as JSON lines, in the order of the log. It does not validate rows, and does not separate clicks from impressions. It runs in the process of the benchmark, with the same memory limit and as many threads as the machine has; the import keeps 1 GB of its memory for itself.",
      'The import is the whole command in a separate process, including its start. It validates every row, writes both streams by time, and a file of the rows that are not events.',
      'Copy and import run in turns. Each starts when the output of a copy or an import was just deleted: a first copy is not measured. A share of 0.5 means half the speed of the copy.',
      'Rows are out of order by up to two minutes. One of fifty is a click.',
      'Each point of the curve is the most memory in its part of the run.',
    ],
    tables: [
      {
        title: 'Speed',
        head: [
          ...[
            'rows',
            'copy, rows/s',
            'import, rows/s',
            "share of the copy's speed, by the clock",
            'share, by CPU time',
          ],
          ...['copy, µs of CPU per row', 'import, µs of CPU per row', 'peak memory, MiB'],
        ],
        rows: measured.map(({ rows, turns }) => {
          const rate = ({ ms }: Spent) => (rows / ms) * 1_000;
          const micros = ({ cpuSeconds }: Spent) => cpuSeconds && (cpuSeconds / rows) * 1e6;
          return [
            grouped(rows),
            text(turns.map(({ copy }) => rate(copy))),
            text(turns.map((turn) => rate(turn.import))),
            text(
              turns.map((turn) => speedRatio(turn, 'clock')),
              2,
            ),
            text(
              turns.map((turn) => speedRatio(turn, 'cpu')),
              2,
            ),
            text(
              turns.map(({ copy }) => micros(copy)),
              2,
            ),
            text(
              turns.map((turn) => micros(turn.import)),
              2,
            ),
            text(turns.map(({ peakMemory }) => peakMemory && peakMemory / MIB)),
          ];
        }),
      },
    ],
    plots: measured.flatMap(({ rows, turns }) => {
      const points = (turns[0]?.memory ?? []).map(({ seconds, bytes }) => ({ x: seconds, y: bytes / MIB }));
      if (points.length === 0) return [];
      return [
        {
          name: `memory-${rows}`,
          title: `Memory of the import, ${grouped(rows)} rows`,
          kind: 'curves' as const,
          xLabel: 'seconds since the start',
          yLabel: 'MiB',
          series: [{ name: 'resident set', points }],
        },
      ];
    }),
    skipped: [],
    figures: measured,
  };
}
