import type { Machine } from '@ad-analytics/command-line/machine';

/** One curve, or the bars of one colour. */
interface Series {
  readonly name: string;
  readonly points: readonly {
    readonly x: number | string;
    readonly y: number;
    readonly least?: number;
    readonly greatest?: number;
  }[];
}

/** A picture in the report. Bars have texts at `x`, curves have numbers. */
export interface Plot {
  /** Part of the file's name. */
  readonly name: string;
  readonly title: string;
  readonly kind: 'bars' | 'curves';
  readonly xLabel: string;
  readonly yLabel: string;
  readonly series: readonly Series[];
}

/** A table in the report. */
interface ResultTable {
  readonly title: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** Names of columns, besides the first, that hold text. */
  readonly text?: readonly string[];
}

/** Something that could not be measured. */
export interface Skipped {
  readonly what: string;
  readonly reason: string;
  /** Whether it failed. Otherwise it cannot be measured on this machine. */
  readonly failed?: boolean;
}

/** What a part of the benchmarks has measured, all of it in one call. */
export interface PartResult {
  readonly part: string;
  readonly title: string;
  /** The command that measures it again. */
  readonly command: string;
  readonly measuredAt: string;
  /** Of the sources, if known. */
  readonly commit: string | undefined;
  readonly machine: Machine;
  /** Mean number of programs that wanted a processor in the minute before the part began, and before it ended. */
  readonly load: { readonly before: number; readonly after: number };
  /** What else ran, as the one who started it says. */
  readonly beside: string;
  readonly settings: Readonly<Record<string, string | number>>;
  /** What the figures are and are not: a sentence each. */
  readonly notes: readonly string[];
  readonly tables: readonly ResultTable[];
  readonly plots: readonly Plot[];
  /** What could not be measured, and why. */
  readonly skipped: readonly Skipped[];
  /** The figures, for programs. */
  readonly figures: unknown;
}
