import type { Source } from '../results/source';

/** A limit of a rule: a setting of the group `Fraud` in flink/kinesis-config.json. */
export interface RuleSetting {
  /** `count`: a whole number. `decimal`: a number above 0 with at most six decimals. */
  readonly type: 'count' | 'decimal';
  readonly default: string;
  /** The minimum of a count; default: 1. */
  readonly least?: number;
  /** The maximum of a count; default: the greatest number that the job accepts. */
  readonly greatest?: number;
  /** Another setting of the same rule. This one must not exceed it. */
  readonly atMost?: string;
  /** For the table of settings, in words. */
  readonly meaning: string;
  /** Who reads it. `sql`: the SQL of the rule, as `${name}`. `operators`: only the operators in the jar. */
  readonly readBy: 'sql' | 'operators';
}

/**
 * What `observed` and `threshold` of an alert mean, so that a page can describe the evidence.
 * - `count`: a number of items, for example clicks
 * - `count_without_limit`: one is enough, so the alert has no limit to show
 * - `rate`: clicks per impression
 * - `variation`: standard deviation / mean
 * - `deviations`: standard deviations above the past
 */
export interface RuleEvidence {
  readonly unit: 'count' | 'count_without_limit' | 'rate' | 'variation' | 'deviations';
  readonly of: string;
}

/** A fraud rule, except for its SQL (flink/sql/rules) and its independent check (tools/verify/src/sql/rules). */
export interface RuleDefinition {
  /** Folder of its SQL in flink/sql/rules, name of its check, and name of its view without `fraud_`. */
  readonly folder: string;
  /** Values of `rule` in its alerts: the name of the folder, or several if one view finds several things. */
  readonly alerts: readonly string[];
  /** The name on the dashboard. */
  readonly title: string;
  /** Types of the actors that its alerts name. */
  readonly actors: readonly ('ip' | 'user' | 'publisher')[];
  /** The windows in which it counts, and the setting with their size. */
  readonly window: {
    readonly type: 'sliding' | 'tumbling';
    readonly setting: 'short.window.seconds' | 'long.window.seconds' | 'metrics.window.seconds';
  };
  /**
   * How an alert is graded. `above`: high from three times the threshold on. `below`: less is worse; high up to a third of
   * the threshold. All others are medium. `low`: always low.
   */
  readonly severity: 'above' | 'below' | 'low';
  /** Kinds of events that an alert accuses, for the evaluation of the rules. */
  readonly accuses: readonly Source[];
  readonly evidence: RuleEvidence;
  /** Its limits, by the name of the setting. */
  readonly settings: Readonly<Record<string, RuleSetting>>;
}

/** @returns the definition unchanged, with the type of its literals */
export const defineRule = <const Rule extends RuleDefinition>(rule: Rule): Rule => rule;
