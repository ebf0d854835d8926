import { DIMENSIONS, type Dimension, type InvalidReason, type Severity } from '@ad-analytics/event-schemas';
import { netOf } from '../view/build-series';
import { ratio } from '../view/ranges';
import type { AlertsView, DashboardView, EngagementView, IncidentView, RankingView } from '../view/view';
import type { Books } from './report-data';
import { reportSeries, stepsOfRun } from './report-series';
import type { ResultsDatabase } from './results-database';

const RANKED = 10;
const INCIDENTS = 50;
const REASONS = 10;
const TOP_USERS = 10;
const BINS = 10;

/** Input of the report in addition to the results. */
export interface ReportContext {
  /** Name of the source of the figures, shown on the page. */
  readonly source: string;
  readonly windowMs: number;
  readonly settlesAfterMs: number;
  readonly books: Books | null;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** @returns the figures of a whole run in the format of the live page, with lists of limited length */
export async function reportView(database: ResultsDatabase, context: ReportContext): Promise<DashboardView> {
  const { books, windowMs, settlesAfterMs, source, now } = context;
  const steps = await stepsOfRun(database, windowMs);
  const { totals, series } = steps ? await reportSeries(database, steps) : { totals: null, series: null };
  const rankings = {} as Record<Dimension, RankingView>;
  for (const dimension of DIMENSIONS) rankings[dimension] = await ranking(database, dimension);
  const [clicks = {}] = await database.rows(`SELECT (SELECT count(*) FROM attributed_click) AS attributed,
    (SELECT count(*) FROM attributed_click WHERE len(invalid_reasons) = 0) AS valid,
    (SELECT count(*) FROM unattributed_click) AS unattributed`);
  const reasons = await database.rows(`SELECT reason, count(*) AS clicks FROM (
    SELECT unnest(invalid_reasons) AS reason FROM attributed_click) GROUP BY reason ORDER BY clicks DESC, reason`);
  const rejectedReasons =
    await database.rows(`SELECT left(reason, 200) AS reason, count(*) AS records FROM rejected_event
    GROUP BY ALL ORDER BY records DESC, reason LIMIT ${REASONS}`);
  return {
    status: {
      serverTime: now,
      state: totals === null ? 'empty' : 'stale',
      problem: null,
      lastResultAt: null,
      newestEventTime: null,
      source,
      caughtUp: true,
      complete: true,
    },
    pipeline: {
      impressionsPerSecond: null,
      clicksPerSecond: null,
      resultsPerSecond: null,
      windowSeconds: windowMs / 1_000,
      settlesAfterMs,
      flink: books
        ? {
            available: true,
            state: 'FINISHED',
            recordsPerSecond: null,
            duplicates: { impressions: books.impression.duplicates, clicks: books.click.duplicates },
          }
        : { available: false, reason: 'This report was written from the results only.' },
    },
    campaigns: [],
    totals,
    series,
    rankings,
    funnel: {
      impressions: totals?.impressions ?? 0,
      clicks: totals?.clicks ?? 0,
      attributed: Number(clicks['attributed']),
      valid: Number(clicks['valid']),
      unattributed: Number(clicks['unattributed']),
      invalidReasons: reasons.map((row) => [row['reason'] as InvalidReason, Number(row['clicks'])]),
    },
    alerts: await alerts(database),
    engagement: await engagement(database),
    quality: {
      late: await bySource(database, 'late_event'),
      rejected: await bySource(database, 'rejected_event'),
      rejectedReasons: rejectedReasons.map((row) => [String(row['reason']), Number(row['records'])]),
    },
  };
}

async function bySource(database: ResultsDatabase, table: 'late_event' | 'rejected_event') {
  const [row = {}] = await database.rows(`SELECT count(*) FILTER (source = 'impression') AS impressions,
    count(*) FILTER (source = 'click') AS clicks FROM ${table}`);
  return { impressions: Number(row['impressions']), clicks: Number(row['clicks']) };
}

async function ranking(database: ResultsDatabase, dimension: Dimension): Promise<RankingView> {
  const [{ keys } = { keys: 0 }] = await database.rows(
    `SELECT count(DISTINCT key) AS keys FROM campaign_metrics WHERE dimension = '${dimension}'`,
  );
  const rows = await database.rows(`WITH top AS (SELECT key, sum(impressions) AS impressions, sum(clicks) AS clicks,
      sum(cost_micros) AS cost FROM campaign_metrics WHERE dimension = '${dimension}'
      GROUP BY key ORDER BY impressions DESC, key LIMIT ${RANKED})
    SELECT top.*, valid.clicks AS valid, settled.impressions AS settled_impressions, settled.clicks AS settled_valid FROM top
    LEFT JOIN (SELECT campaign_id, count(*) AS clicks FROM attributed_click WHERE len(invalid_reasons) = 0
      GROUP BY ALL) valid ON valid.campaign_id = top.key
    LEFT JOIN (SELECT campaign_id, sum(impressions) AS impressions, sum(valid_clicks) AS clicks FROM attribution_metrics
      GROUP BY ALL) settled ON settled.campaign_id = top.key ORDER BY top.impressions DESC, top.key`);
  return {
    keys: Number(keys),
    filtered: false,
    rows: rows.map((row) => {
      const [impressions, clicks] = [Number(row['impressions']), Number(row['clicks'])];
      const net = {
        impressions,
        valid: Number(row['valid'] ?? 0),
        settledImpressions: Number(row['settled_impressions'] ?? 0),
        settledValid: Number(row['settled_valid'] ?? 0),
      };
      return {
        key: String(row['key']),
        impressions,
        clicks,
        ctr: ratio(clicks, impressions),
        costMicros: Number(row['cost']),
        net: dimension === 'campaign' ? netOf(net) : null,
        trend: null,
      };
    }),
  };
}

async function alerts(database: ResultsDatabase): Promise<AlertsView> {
  const bySeverity = { low: 0, medium: 0, high: 0 };
  for (const row of await database.rows('SELECT severity, count(*) AS alerts FROM fraud_alert GROUP BY severity'))
    bySeverity[row['severity'] as Severity] = Number(row['alerts']);
  // The most severe first, because a reader of a finished run looks for the worst, not for the newest.
  const rows =
    await database.rows(`SELECT rule, actor_type, actor_id, count(*) AS windows, min(epoch_ms(window_end)) AS since,
      max(CASE severity WHEN 'high' THEN 2 WHEN 'medium' THEN 1 ELSE 0 END) AS severity,
      arg_max(observed, window_end) AS observed, arg_max(threshold, window_end) AS threshold,
      epoch_ms(arg_max(window_start, window_end)) AS window_start, epoch_ms(max(window_end)) AS window_end,
      count(*) OVER () AS incidents
    FROM fraud_alert GROUP BY rule, actor_type, actor_id
    ORDER BY severity DESC, windows DESC, since, rule, actor_id LIMIT ${INCIDENTS}`);
  const incidents = rows.map((row) => ({
    rule: row['rule'] as IncidentView['rule'],
    actorType: row['actor_type'] as IncidentView['actorType'],
    actorId: String(row['actor_id']),
    severity: (['low', 'medium', 'high'] as const)[Number(row['severity'])]!,
    observed: Number(row['observed']),
    threshold: Number(row['threshold']),
    windowStart: Number(row['window_start']),
    windowEnd: Number(row['window_end']),
    since: Number(row['since']),
    windows: Number(row['windows']),
  }));
  const { low, medium, high } = bySeverity;
  return { alerts: low + medium + high, incidentCount: Number(rows[0]?.['incidents'] ?? 0), bySeverity, incidents };
}

/** @returns the scores of the window with the most users, because in the last window of a run most users have left */
async function engagement(database: ResultsDatabase): Promise<EngagementView | null> {
  const [window] = await database.rows(`SELECT epoch_ms(window_start) AS start, epoch_ms(window_end) AS "end",
    count(*) AS users FROM user_engagement GROUP BY window_start, window_end ORDER BY users DESC, start LIMIT 1`);
  if (window === undefined) return null;
  const users = `user_engagement WHERE epoch_ms(window_start) = ${Number(window['start'])}`;
  const histogram = Array<number>(BINS).fill(0);
  const bins = await database.rows(
    `SELECT least(floor(score / ${BINS}), ${BINS - 1})::INTEGER AS bin, count(*) AS users FROM ${users} GROUP BY bin`,
  );
  for (const row of bins) histogram[Number(row['bin'])] = Number(row['users']);
  const top = await database.rows(`SELECT * FROM ${users} ORDER BY score DESC, user_id LIMIT ${TOP_USERS}`);
  return {
    windowStart: Number(window['start']),
    windowEnd: Number(window['end']),
    users: Number(window['users']),
    complete: true,
    histogram,
    top: top.map((row) => ({
      userId: String(row['user_id']),
      score: Number(row['score']),
      impressions: Number(row['impressions']),
      clicks: Number(row['clicks']),
      campaigns: Number(row['distinct_campaigns']),
    })),
  };
}
