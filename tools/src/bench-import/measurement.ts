import { duration, grouped } from '../progress';

/** What was measured at one size. */
export interface ImportMeasurement {
  readonly rows: number;
  readonly inputBytes: number;
  /** DuckDB's COPY from the same CSV to JSON lines, in the order of the file and by time; milliseconds. */
  readonly copyMs: number;
  readonly sortedCopyMs: number;
  /** The whole command, its start included; milliseconds. */
  readonly importMs: number;
  /** Most memory that the process of the command held at once, in bytes; undefined where the system does not tell. */
  readonly peakMemory: number | undefined;
  /** Events that it wrote. */
  readonly events: number;
}

const MIB = 1024 * 1024;

/** @returns how fast the import is as a share of DuckDB's copy: 0.5 is half its speed */
export function speedRatio({ copyMs, importMs }: Pick<ImportMeasurement, 'copyMs' | 'importMs'>): number {
  return copyMs / importMs;
}

/** @returns the figures as lines to show */
export function renderImport(measured: ImportMeasurement): string[] {
  const { rows, inputBytes, copyMs, sortedCopyMs, importMs, peakMemory, events } = measured;
  const rate = (ms: number) => `${duration(ms)}, ${grouped((rows / ms) * 1_000)} rows/s`;
  return [
    `Rows                      ${grouped(rows)}, ${grouped(inputBytes / 1e6)} MB of CSV, which became ${grouped(events)} events`,
    `DuckDB's copy to JSON     ${rate(copyMs)}`,
    `DuckDB's copy, by time    ${rate(sortedCopyMs)}`,
    `The import                ${rate(importMs)}: ${speedRatio(measured).toFixed(2)} of the speed of the copy, ${(sortedCopyMs / importMs).toFixed(2)} of the copy by time`,
    `Peak memory of the import ${peakMemory === undefined ? 'not told by this system' : `${grouped(peakMemory / MIB)} MiB`}`,
  ];
}
