/** What the server tells the page: the one definition for both. Times are milliseconds since the epoch. */
import type { Dimension, InvalidReason } from '@ad-analytics/event-schemas';
import type { Payload } from '../results/results-reader';

/** Time ranges that the page offers, minutes. */
export const RANGES_MINUTES = [5, 15, 60] as const;
export type RangeMinutes = (typeof RANGES_MINUTES)[number];

/** What the page wants to see. */
export interface ViewFilter {
  readonly minutes: RangeMinutes;
  /** Undefined: all campaigns. */
  readonly campaign?: string | undefined;
}

/** What the panels say that they show: what was chosen, or the whole of a finished run, in a report. */
export type ShownFilter = Omit<ViewFilter, 'minutes'> & { readonly minutes: RangeMinutes | 'all' };

/** How the server fares with the table. */
export interface StatusView {
  readonly serverTime: number;
  /** `starting` until the first read; `empty` without results; `stale` when no new result came for some time; `finished` when all of a run that has ended is read. */
  readonly state: 'starting' | 'empty' | 'live' | 'stale' | 'finished' | 'error';
  /** Why the table cannot be read. */
  readonly problem: string | null;
  /** When the last new result was seen. */
  readonly lastResultAt: number | null;
  /** Newest event time among the results. */
  readonly newestEventTime: number | null;
  readonly source: string;
  /** False while older results are still being read. */
  readonly caughtUp: boolean;
  /** False when there are more results than the server reads: figures are too low. */
  readonly complete: boolean;
}

/** Counters of the Flink job; only its own REST API tells them. */
export type FlinkView =
  | { readonly available: false; readonly reason: string }
  | {
      readonly available: true;
      readonly state: string;
      /** Records that the job reads a second; null until there are two measurements. */
      readonly recordsPerSecond: number | null;
      /** Since the job started; null when the job has no such counter. */
      readonly duplicates: { readonly impressions: number; readonly clicks: number } | null;
    };

/** The pipeline in one line. */
export interface PipelineView {
  /** Over the newest windows; null if none exists. */
  readonly impressionsPerSecond: number | null;
  readonly clicksPerSecond: number | null;
  readonly resultsPerSecond: number | null;
  readonly windowSeconds: number;
  /** How long after its end a window's attribution is final, milliseconds. */
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
  /** False while valid clicks by their own time are used instead of the settled figure. */
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
  /** Valid clicks by their own time, where it is not final yet. */
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
  /** False when the table cannot tell it for one campaign: then it is of all. */
  readonly filtered: boolean;
}

/** From the impression to the valid click; clicks by their own time. */
export interface FunnelView {
  readonly impressions: number;
  readonly clicks: number;
  readonly attributed: number;
  readonly valid: number;
  readonly unattributed: number;
  readonly invalidReasons: readonly (readonly [InvalidReason, number])[];
}

/** One actor that breaks one rule, over as many windows as it goes on. */
export interface IncidentView {
  readonly rule: Payload<'fraud_alert'>['rule'];
  readonly actorType: Payload<'fraud_alert'>['actor_type'];
  readonly actorId: string;
  /** Of all its windows the greatest. */
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

/** Fraud alerts of the range; they know no campaign. */
export interface AlertsView {
  /** Alerts, one for each window. */
  readonly alerts: number;
  /** Rules broken by actors. */
  readonly incidentCount: number;
  readonly bySeverity: Readonly<Record<Payload<'fraud_alert'>['severity'], number>>;
  /** The newest first, some of them. */
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

/** All that a page shows. */
export interface DashboardView {
  readonly status: StatusView;
  readonly pipeline: PipelineView;
  /** Campaigns to choose from. */
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
