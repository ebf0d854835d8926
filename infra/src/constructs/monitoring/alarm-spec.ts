import type { Metric } from './metric';

/** Seconds over which an alarm's metrics are summed up. */
export const ALARM_PERIOD_SECONDS = 300;

/** When somebody is to be told. */
export interface AlarmSpec {
  /** Kebab-case, unique; the section of that name in the runbook says what to do. */
  readonly name: string;
  /** The section, where it is not that of the name. */
  readonly section?: string;
  /** What it means, in a sentence. */
  readonly description: string;
  /** By the names that the expression has for them; one only where no expression exists. */
  readonly metrics: Readonly<Record<string, Metric>>;
  /** Metric math; absent: the metric itself. */
  readonly expression?: string;
  readonly comparison: 'GreaterThanThreshold' | 'LessThanThreshold';
  readonly threshold: number;
  /** Of how many periods how many must be so. */
  readonly periods: { readonly of: number; readonly breaching: number };
  /** What a period without data is. */
  readonly missing: 'breaching' | 'notBreaching' | 'ignore';
}

/** At once: the first period that is so. */
export const AT_ONCE = { of: 1, breaching: 1 } as const;
/** Twice in a quarter of an hour: no lone spike. */
export const LASTING = { of: 3, breaching: 2 } as const;
/**
 * One of two: for an expression that fills missing data, whose newest period may hold the filled value until the metric arrives
 * (CloudWatch User Guide, "Using metric math", FILL).
 */
export const SINGLE = { of: 2, breaching: 1 } as const;
