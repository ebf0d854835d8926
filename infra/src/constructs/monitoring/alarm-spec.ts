import type { Metric } from './metric';

/** Period of an alarm's metrics, in seconds. */
export const ALARM_PERIOD_SECONDS = 300;

/** The definition of an alarm. */
export interface AlarmSpec {
  /** Kebab-case, unique; the runbook has a section of the same name. */
  readonly name: string;
  /** The section of the runbook, if it differs from the name. */
  readonly section?: string;
  /** Its meaning, as one sentence. */
  readonly description: string;
  /** The metrics by their names in the expression; exactly one without an expression. */
  readonly metrics: Readonly<Record<string, Metric>>;
  /** Metric math; absent: the metric itself. */
  readonly expression?: string;
  readonly comparison: 'GreaterThanThreshold' | 'LessThanThreshold';
  readonly threshold: number;
  /** Number of periods that must exceed the threshold, of how many. */
  readonly periods: { readonly of: number; readonly breaching: number };
  /** How a period without data counts. */
  readonly missing: 'breaching' | 'notBreaching' | 'ignore';
}

/** Immediately: after the first period. */
export const AT_ONCE = { of: 1, breaching: 1 } as const;
/** Two periods within a quarter of an hour: ignores a single spike. */
export const LASTING = { of: 3, breaching: 2 } as const;
/**
 * One of two periods: for an expression with FILL, whose newest period may contain the filled value until the metric arrives (CloudWatch
 * User Guide, "Using metric math", FILL).
 */
export const SINGLE = { of: 2, breaching: 1 } as const;
