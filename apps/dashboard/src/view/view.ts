/** The messages from the server to the page, defined once for both. Times are milliseconds since the epoch. */
import type { Dimension, InvalidReason } from '@ad-analytics/event-schemas';
import type { Payload } from '../results/results-reader';

/** Time ranges that the page offers, minutes. */
export const RANGES_MINUTES = [5, 15, 60] as const;
export type RangeMinutes = (typeof RANGES_MINUTES)[number];

/** The filter of the page. */
export interface ViewFilter {
  readonly minutes: RangeMinutes;
  /** Undefined: all campaigns. */
  readonly campaign?: string | undefined;
}

/** The content of the panels: the filter, or in a report the whole run. */
export type ShownFilter = Omit<ViewFilter, 'minutes'> & { readonly minutes: RangeMinutes | 'all' };

/** The state of the server. */
export interface StatusView {
  readonly serverTime: number;
  /**
   * `starting` until the first read; `empty` without results; `stale` when no new result has arrived for some time;
   * `finished` when all results of a finished run are read.
   */
  readonly state: 'starting' | 'empty' | 'live' | 'stale' | 'finished' | 'error';
  /** Why the table cannot be read. */
  readonly problem: string | null;
  /** Time at which the last new result was read. */
  readonly lastResultAt: number | null;
  /** Newest event time of the results. */
  readonly newestEventTime: number | null;
  readonly source: string;
  /** False while older results are still being read. */
  readonly caughtUp: boolean;
  /** False if there are more results than the server reads: figures are too low. */
  readonly complete: boolean;
}

/** Counters of the Flink job, which only Flink's REST API provides. */
export type FlinkView =
  | { readonly available: false; readonly reason: string }
  | {
      readonly available: true;
      readonly state: string;
      /** Records that the job reads per second; null until there are two measurements. */
      readonly recordsPerSecond: number | null;
      /** Since the job started; null if the job does not have this counter. */
      readonly duplicates: { readonly impressions: number; readonly clicks: number } | null;
    };

/** The pipeline in one line. */
export interface PipelineView {
  /** Over the newest windows; null if none exists. */
  readonly impressionsPerSecond: number | null;
  readonly clicksPerSecond: number | null;
  readonly resultsPerSecond: number | null;
  readonly windowSeconds: number;
  /** Time from the end of a window until its attribution is final, in milliseconds. */
  readonly settlesAfterMs: number;
  readonly flink: FlinkView;
}

/** Figures of the range. */
export interface TotalsView {
  readonly from: number;
  readonly to: number;
  readonly impressions: number;
  readonly clicks: number;
  readonly costMicros: number;
  /** clicks / impressions. */
  readonly ctr: number | null;
  readonly net: NetView;
}

/** A net click-through rate, and whether its windows' attribution is final. */
export interface NetView {
  readonly ctr: number | null;
  /** False while valid clicks by click time replace the settled figure. */
  readonly settled: boolean;
}

/** Time series of the range, a column for each; null if the divisor is 0. */
export interface SeriesView {
  readonly stepMs: number;
  /** Start of each step. */
  readonly times: readonly number[];
  readonly eventsPerSecond: readonly (number | null)[];
  readonly grossCtr: readonly (number | null)[];
  /** Final: from attribution_metrics. */
  readonly settledCtr: readonly (number | null)[];
  /** Valid clicks by click time, where the figure is not final yet. */
  readonly provisionalCtr: readonly (number | null)[];
}

/** A row of a ranking. */
export interface RankedView {
  readonly key: string;
  readonly impressions: number;
  readonly clicks: number;
  readonly ctr: number | null;
  readonly costMicros: number;
  /** Campaigns only. */
  readonly net: NetView | null;
  /** Gross CTR over the range, campaigns only. */
  readonly trend: readonly (number | null)[] | null;
}

/** A ranking by impressions. */
export interface RankingView {
  readonly rows: readonly RankedView[];
  /** Keys in the range. */
  readonly keys: number;
  /** False if the table does not have it by campaign: then it covers all campaigns. */
  readonly filtered: boolean;
}

/** From the impression to the valid click; clicks by click time. */
export interface FunnelView {
  readonly impressions: number;
  readonly clicks: number;
  readonly attributed: number;
  readonly valid: number;
  readonly unattributed: number;
  readonly invalidReasons: readonly (readonly [InvalidReason, number])[];
}

/** One actor that triggers one rule, in one or more consecutive windows. */
export interface IncidentView {
  readonly rule: Payload<'fraud_alert'>['rule'];
  readonly actorType: Payload<'fraud_alert'>['actor_type'];
  readonly actorId: string;
  /** The greatest of all its windows. */
  readonly severity: Payload<'fraud_alert'>['severity'];
  /** Of the newest window. */
  readonly observed: number;
  readonly threshold: number;
  readonly windowStart: number;
  readonly windowEnd: number;
  /** End of the first window in the range. */
  readonly since: number;
  readonly windows: number;
}

/** Fraud alerts of the range; they do not contain a campaign. */
export interface AlertsView {
  /** Number of alerts, one for each window. */
  readonly alerts: number;
  /** Number of incidents. */
  readonly incidentCount: number;
  readonly bySeverity: Readonly<Record<Payload<'fraud_alert'>['severity'], number>>;
  /** Some of them, newest first. */
  readonly incidents: readonly IncidentView[];
}

/** Scores of the users of the newest window. */
export interface EngagementView {
  readonly windowStart: number;
  readonly windowEnd: number;
  readonly users: number;
  readonly complete: boolean;
  readonly histogram: readonly number[];
  readonly top: readonly {
    readonly userId: string;
    readonly score: number;
    readonly impressions: number;
    readonly clicks: number;
    readonly campaigns: number;
  }[];
}

/** Events that are not part of any figure. */
export interface QualityView {
  readonly late: { readonly impressions: number; readonly clicks: number };
  readonly rejected: { readonly impressions: number; readonly clicks: number };
  readonly rejectedReasons: readonly (readonly [string, number])[];
}

/** Everything that a page shows. */
export interface DashboardView {
  readonly status: StatusView;
  readonly pipeline: PipelineView;
  /** Campaigns for the filter. */
  readonly campaigns: readonly string[];
  readonly totals: TotalsView | null;
  readonly series: SeriesView | null;
  readonly rankings: Readonly<Record<Dimension, RankingView>>;
  readonly funnel: FunnelView;
  readonly alerts: AlertsView;
  readonly engagement: EngagementView | null;
  readonly quality: QualityView;
}

/** A message of the event stream: all sections, or those that have changed. */
export type ViewMessage = Partial<DashboardView>;
