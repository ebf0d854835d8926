import { duration, grouped } from '../progress';

/** What a piece of work took. */
export interface Spent {
  readonly ms: number;
  /** CPU time, which other work on the machine does not change; undefined where the system does not tell. */
  readonly cpuSeconds: number | undefined;
}

/** What was measured at one size. */
export interface ImportMeasurement {
  readonly rows: number;
  readonly inputBytes: number;
  /** DuckDB's COPY from the same CSV to JSON lines, in the order of the file. */
  readonly copy: Spent;
  /** The same by time, as an import must write it. */
  readonly sortedCopy: Spent;
  /** The whole command, its start included. */
  readonly import: Spent;
  /** Most memory that the process of the command held at once, in bytes; undefined where the system does not tell. */
  readonly peakMemory: number | undefined;
  /** Events that it wrote. */
  readonly events: number;
}

const MIB = 1024 * 1024;

/** @returns how fast the import is as a share of a copy, 0.5 being half its speed, by the clock and by CPU time */
export function speedRatio(copy: Spent, imported: Spent): string {
  const byClock = `${(copy.ms / imported.ms).toFixed(2)} of its speed`;
  if (copy.cpuSeconds === undefined || imported.cpuSeconds === undefined) return byClock;
  return `${byClock}, ${(copy.cpuSeconds / imported.cpuSeconds).toFixed(2)} by CPU time`;
}

/** @returns the figures as lines to show */
export function renderImport(measured: ImportMeasurement): string[] {
  const { rows, inputBytes, copy, sortedCopy, import: imported, peakMemory, events } = measured;
  const spent = ({ ms, cpuSeconds }: Spent) =>
    `${duration(ms)}, ${grouped((rows / ms) * 1_000)} rows/s${cpuSeconds === undefined ? '' : `, CPU time ${cpuSeconds.toFixed(1)} s`}`;
  return [
    `Rows                      ${grouped(rows)}, ${grouped(inputBytes / 1e6)} MB of CSV, which became ${grouped(events)} events`,
    `DuckDB's copy to JSON     ${spent(copy)}`,
    `DuckDB's copy, by time    ${spent(sortedCopy)}`,
    `The import                ${spent(imported)}`,
    `Beside the copy           ${speedRatio(copy, imported)}`,
    `Beside the copy by time   ${speedRatio(sortedCopy, imported)}`,
    `Peak memory of the import ${peakMemory === undefined ? 'not told by this system' : `${grouped(peakMemory / MIB)} MiB`}`,
  ];
}
