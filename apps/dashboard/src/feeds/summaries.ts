/** The summary of one bucket of time, for each series. Its size is bounded, whatever the traffic. */
import type { InvalidReason, RecordType } from '@ad-analytics/event-schemas';
import type { FoundResult, Payload } from '../results/results-reader';
import { count, greatest, type Tally } from './tally';

/** Maximum number of keys of a dimension; the others are only in the total. */
const MAX_KEYS = 500;
/** Maximum number of alerts of one bucket with their evidence; the others are only counted. */
const MAX_ALERTS = 200;
const MAX_REASONS = 20;
/** A reason can quote the rejected record. */
const MAX_REASON_LENGTH = 160;
const HISTOGRAM_BINS = 10;
const TOP_USERS = 10;

type Results<T extends RecordType> = readonly FoundResult<T>[];

/** Figures that add up over windows. */
export interface Traffic {
  impressions: number;
  clicks: number;
  costMicros: number;
}

/** Gross figures of one window by key. */
export interface TrafficSummary {
  readonly total: Traffic;
  readonly byKey: ReadonlyMap<string, Traffic>;
}

/** @returns figures of the window, and those of its keys with the most events */
export function summarizeTraffic(results: Results<'campaign_metrics'>): TrafficSummary {
  const total = { impressions: 0, clicks: 0, costMicros: 0 };
  const entries: [string, Traffic][] = results.map(({ payload }) => {
    const { key, impressions, clicks, cost_micros: costMicros } = payload;
    total.impressions += impressions;
    total.clicks += clicks;
    total.costMicros += costMicros;
    return [key, { impressions, clicks, costMicros }];
  });
  return { total, byKey: new Map(greatest(entries, ([, { impressions, clicks }]) => impressions + clicks, MAX_KEYS)) };
}

/** Settled figures that add up over windows; clicks by the time of their impression. */
interface Settled {
  impressions: number;
  attributed: number;
  valid: number;
}

/** Settled figures of one window by campaign. */
export interface SettledSummary {
  readonly total: Settled;
  readonly byCampaign: ReadonlyMap<string, Settled>;
}

/** @returns settled figures of the window, and those of its campaigns with the most impressions */
export function summarizeSettled(results: Results<'attribution_metrics'>): SettledSummary {
  const total = { impressions: 0, attributed: 0, valid: 0 };
  const entries: [string, Settled][] = results.map(({ payload }) => {
    const { campaign_id, impressions, attributed_clicks: attributed, valid_clicks: valid } = payload;
    total.impressions += impressions;
    total.attributed += attributed;
    total.valid += valid;
    return [campaign_id, { impressions, attributed, valid }];
  });
  return { total, byCampaign: new Map(greatest(entries, ([, { impressions }]) => impressions, MAX_KEYS)) };
}

/** Attributed clicks, by the time of the click. */
interface Attributed {
  attributed: number;
  valid: number;
  readonly invalidReasons: Partial<Record<InvalidReason, number>>;
}

/** Attributed clicks of one bucket. */
export interface AttributedSummary {
  readonly total: Attributed;
  readonly byCampaign: ReadonlyMap<string, Attributed>;
  /** Campaign of each clicked ad, which campaign_metrics does not contain. */
  readonly campaignOfAd: ReadonlyMap<string, string>;
}

/** @returns attributed clicks, how many of them are valid, and why the others are not */
export function summarizeAttributed(results: Results<'attributed_click'>): AttributedSummary {
  const none = (): Attributed => ({ attributed: 0, valid: 0, invalidReasons: {} });
  const total = none();
  const byCampaign = new Map<string, Attributed>();
  const campaignOfAd = new Map<string, string>();
  for (const { payload } of results) {
    const campaign = byCampaign.get(payload.campaign_id) ?? none();
    byCampaign.set(payload.campaign_id, campaign);
    if (campaignOfAd.size < MAX_KEYS) campaignOfAd.set(payload.ad_id, payload.campaign_id);
    for (const figures of [total, campaign]) {
      figures.attributed += 1;
      if (payload.invalid_reasons.length === 0) figures.valid += 1;
      for (const reason of payload.invalid_reasons)
        figures.invalidReasons[reason] = (figures.invalidReasons[reason] ?? 0) + 1;
    }
  }
  const kept = greatest(byCampaign, ([, { attributed }]) => attributed, MAX_KEYS);
  return { total, byCampaign: new Map(kept), campaignOfAd };
}

/** Clicks without an impression, of one bucket. */
export interface UnattributedSummary {
  readonly total: number;
  readonly byCampaign: Tally;
}

/** @returns the number of clicks without an impression */
export function summarizeUnattributed(results: Results<'unattributed_click'>): UnattributedSummary {
  const byCampaign: Tally = new Map();
  for (const { payload } of results) count(byCampaign, payload.campaign_id);
  return { total: results.length, byCampaign: new Map(greatest(byCampaign, ([, clicks]) => clicks, MAX_KEYS)) };
}

/** Events that are not part of any figure, of one bucket. */
export interface LeftOutSummary {
  readonly impressions: number;
  readonly clicks: number;
  /** Why they were rejected; empty for late ones. */
  readonly reasons: Tally;
}

/** @returns the number of late or rejected events of each stream, and the most common reasons */
export function summarizeLeftOut(results: Results<'late_event'> | Results<'rejected_event'>): LeftOutSummary {
  const reasons: Tally = new Map();
  let clicks = 0;
  for (const { payload } of results) {
    if (payload.source === 'click') clicks += 1;
    if ('reason' in payload) count(reasons, payload.reason.slice(0, MAX_REASON_LENGTH));
  }
  const kept = greatest(reasons, ([, times]) => times, MAX_REASONS);
  return { impressions: results.length - clicks, clicks, reasons: new Map(kept) };
}

/** Alerts of one bucket. */
export interface AlertSummary {
  readonly bySeverity: Readonly<Record<Payload<'fraud_alert'>['severity'], number>>;
  readonly alerts: readonly Payload<'fraud_alert'>[];
}

const SEVERITY_RANK = { low: 0, medium: 1, high: 2 } as const;

/** @returns alerts with their evidence; only the most severe if there are very many */
export function summarizeAlerts(results: Results<'fraud_alert'>): AlertSummary {
  const bySeverity = { low: 0, medium: 0, high: 0 };
  for (const { payload } of results) bySeverity[payload.severity] += 1;
  const alerts = results.map(({ payload }) => payload);
  return { bySeverity, alerts: greatest(alerts, ({ severity }) => SEVERITY_RANK[severity], MAX_ALERTS) };
}

/** Scores of the users of one window. */
export interface EngagementSummary {
  readonly users: number;
  /** Users by score: 0 up to 10, 10 up to 20, ... 90 up to 100 inclusive. */
  readonly histogram: readonly number[];
  /** Users with the highest scores. */
  readonly top: readonly Payload<'user_engagement'>[];
  /** False if the window has more users than were read. */
  readonly complete: boolean;
}

/** @returns the distribution of the scores, and the users with the highest */
export function summarizeEngagement(results: Results<'user_engagement'>, complete: boolean): EngagementSummary {
  const histogram = Array<number>(HISTOGRAM_BINS).fill(0);
  for (const { payload } of results) {
    const bin = Math.min(HISTOGRAM_BINS - 1, Math.floor((payload.score / 100) * HISTOGRAM_BINS));
    histogram[bin] = (histogram[bin] ?? 0) + 1;
  }
  const users = results.map(({ payload }) => payload);
  return { users: users.length, histogram, top: greatest(users, ({ score }) => score, TOP_USERS), complete };
}
