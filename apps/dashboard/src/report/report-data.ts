import type { DashboardView } from '../view/view';

/** The outcome of the records of one input stream. */
interface BooksLine {
  readonly read: number;
  readonly rejected: number;
  readonly late: number;
  readonly duplicates: number;
  readonly accepted: number;
}

/** The ledger of a run, from `pipeline`. */
export interface Books {
  readonly impression: BooksLine;
  readonly click: BooksLine;
  readonly attributed: number;
  readonly unattributed: number;
  /** A description of every equation that does not hold; empty if all hold. */
  readonly problems: readonly string[];
  /** Lines that explain why many records do not count. */
  readonly leftOut: readonly string[];
}

/** Results of one type, compared with an independent computation. */
interface CheckedType {
  readonly recordType: string;
  readonly expected: number;
  readonly found: number;
  readonly missing: number;
  readonly extra: number;
  readonly differing: number;
}

/** The outcome of `verify`. */
export interface Verdict {
  readonly agrees: boolean;
  readonly types: readonly CheckedType[];
  /** The whole outcome as lines, with examples of the differences. */
  readonly lines: readonly string[];
}

/** All data of the report of a finished run. */
export interface ReportData {
  /** The same figures as on the live page, over the whole run. */
  readonly view: DashboardView;
  /** Null if only the results are known. */
  readonly books: Books | null;
  /** Null if the results were not checked. */
  readonly verdict: Verdict | null;
}
