import type { RecordType } from '@ad-analytics/event-schemas';

/** A result record as an example: its id with the envelope's time and the payload. */
export type Example = Readonly<Record<string, unknown>>;

/** Results of one type, after upserting by record_id. */
export interface TypeLedger {
  readonly recordType: RecordType;
  readonly expected: number;
  readonly found: number;
  /** Expected and not found. */
  readonly missing: number;
  /** Expected, not found, and not final yet at the watermark that was given: not counted as missing. */
  readonly pending: number;
  /** Found and not expected. */
  readonly extra: number;
  /** Same record_id, other content. */
  readonly differing: number;
  /** Delivered again with the same content: allowed, consumers upsert. */
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
  /** Those of the late ones that are late only because the job says so: their shard was quiet before. */
  readonly lateAfterQuiet: number;
  readonly duplicates: number;
  readonly accepted: number;
}

/** A sum that must hold between the input and the results. */
export interface Equation {
  /** For example "clicks: accepted = attributed + unattributed". */
  readonly name: string;
  readonly left: number;
  readonly right: number;
  readonly holds: boolean;
}

/** Delivered records that are not of the contract's form. */
export interface Malformed {
  readonly count: number;
  readonly examples: readonly { readonly record: string; readonly problem: string }[];
}

/** The outcome of a check. */
export interface Ledger {
  /** Nothing missing, extra, differing or malformed, and all equations hold. */
  readonly agrees: boolean;
  readonly impressions: StreamLedger;
  readonly clicks: StreamLedger;
  readonly types: readonly TypeLedger[];
  readonly equations: readonly Equation[];
  readonly malformed: Malformed;
  /** Delivered records, repeats and malformed ones included. */
  readonly resultsRead: number;
  /** What was not checked, or taken from the job's word, and why; in sentences. */
  readonly notes: readonly string[];
}

/** @returns whether a type's results are those expected */
export function typeAgrees(type: TypeLedger): boolean {
  return type.missing === 0 && type.extra === 0 && type.differing === 0;
}
