import type { DashboardView } from '../view/view';

/** What became of the records of one input stream. */
interface BooksLine {
  readonly read: number;
  readonly rejected: number;
  readonly late: number;
  readonly duplicates: number;
  readonly accepted: number;
}

/** The ledger of a run, as `pipeline` draws it up. */
export interface Books {
  readonly impression: BooksLine;
  readonly click: BooksLine;
  readonly attributed: number;
  readonly unattributed: number;
  /** Every equation that does not hold, in words; empty when all do. */
  readonly problems: readonly string[];
  /** Why records were left out, line by line, where that is noteworthy. */
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

/** What `verify` says of the results. */
export interface Verdict {
  readonly agrees: boolean;
  readonly types: readonly CheckedType[];
  /** The whole outcome in lines, with examples of what does not agree. */
  readonly lines: readonly string[];
}

/** All that a report of a finished run shows. */
export interface ReportData {
  /** The same figures as on the live page, over the whole run. */
  readonly view: DashboardView;
  /** Null: only the results are known. */
  readonly books: Books | null;
  /** Null: the results were not checked. */
  readonly verdict: Verdict | null;
}
