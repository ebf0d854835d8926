import type { RecordType } from '@ad-analytics/event-schemas';

/** A result record as an example: its id with the envelope's time and the payload. */
export type Example = Readonly<Record<string, unknown>>;

/** Results of one type, after upserting by record_id. */
export interface TypeLedger {
  readonly recordType: RecordType;
  readonly expected: number;
  readonly found: number;
  /** Expected, but not found. */
  readonly missing: number;
  /** Expected and not found, but not final at the given watermark: not counted as missing. */
  readonly pending: number;
  /** Found, but not expected. */
  readonly extra: number;
  /** Same record_id, but different content. */
  readonly differing: number;
  /** Delivered again with the same content, which is allowed because consumers upsert. */
  readonly repeated: number;
  readonly examples: {
    readonly missing: readonly Example[];
    readonly extra: readonly Example[];
    readonly differing: readonly { readonly expected: Example; readonly found: Example }[];
  };
}

/** The outcome of the records of one input stream, computed from the input. */
export interface StreamLedger {
  readonly read: number;
  readonly rejected: number;
  readonly late: number;
  /** Late events that only the job reports as late, after an idle period of their shard. */
  readonly lateAfterQuiet: number;
  readonly duplicates: number;
  readonly accepted: number;
}

/** An equation between the input and the results. */
export interface Equation {
  /** For example "clicks: accepted = attributed + unattributed". */
  readonly name: string;
  readonly left: number;
  readonly right: number;
  readonly holds: boolean;
}

/** Delivered records that violate the contract. */
export interface Malformed {
  readonly count: number;
  readonly examples: readonly { readonly record: string; readonly problem: string }[];
}

/** The outcome of a check. */
export interface Ledger {
  /** Nothing is missing, extra, differing or malformed, and all equations are true. */
  readonly agrees: boolean;
  readonly impressions: StreamLedger;
  readonly clicks: StreamLedger;
  readonly types: readonly TypeLedger[];
  readonly equations: readonly Equation[];
  readonly malformed: Malformed;
  /** Delivered records, including repeated and malformed ones. */
  readonly resultsRead: number;
  /** Notes, as sentences: what was not checked, or was taken from the job's own results, and why. */
  readonly notes: readonly string[];
}

/** @returns whether the results of a type are the expected ones */
export function typeAgrees(type: TypeLedger): boolean {
  return type.missing === 0 && type.extra === 0 && type.differing === 0;
}

/** The beginning of the note about late events for which the check relies on the job. */
export const UNCHECKED_LATE_EVENTS = 'Not independently checked';
