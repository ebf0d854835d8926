import { netOf } from '../view/build-series';
import { ratio } from '../view/ranges';
import type { SeriesView, TotalsView } from '../view/view';
import type { ResultsDatabase } from './results-database';

/** Maximum number of points of a chart. */
const MAX_STEPS = 240;

/** The figures of a step. */
interface Step {
  readonly impressions: number;
  readonly clicks: number;
  readonly costMicros: number;
  readonly valid: number;
  readonly settledImpressions: number;
  readonly settledValid: number;
}

/** The steps of the charts, in milliseconds since the epoch. */
export interface Steps {
  readonly from: number;
  readonly to: number;
  readonly stepMs: number;
}

/** @returns at most {@link MAX_STEPS} steps of whole windows; undefined without a window */
export async function stepsOfRun(database: ResultsDatabase, windowMs: number): Promise<Steps | undefined> {
  const [row] = await database.rows(
    'SELECT epoch_ms(min(window_start)) AS first, epoch_ms(max(window_end)) AS last FROM campaign_metrics',
  );
  if (row === undefined || row['first'] === null) return undefined;
  const [from, end] = [Number(row['first']), Number(row['last'])];
  const stepMs = Math.max(1, Math.ceil((end - from) / windowMs / MAX_STEPS)) * windowMs;
  return { from, to: from + Math.ceil((end - from) / stepMs) * stepMs, stepMs };
}

/** @returns SQL that gives the number of the step that a time is in */
const stepIndex = (time: string, { from, stepMs }: Steps): string => `((epoch_ms(${time}) - ${from}) // ${stepMs})`;

/** @returns totals and time series of the run */
export async function reportSeries(
  database: ResultsDatabase,
  steps: Steps,
): Promise<{ totals: TotalsView; series: SeriesView }> {
  const { from, to, stepMs } = steps;
  const rows = await database.rows(`SELECT step, ${[
    'impressions',
    'clicks',
    'cost_micros',
    'valid',
    'settled_impressions',
    'settled_valid',
  ]
    .map((column) => `coalesce(sum(${column}), 0) AS ${column}`)
    .join(', ')} FROM (
      SELECT ${stepIndex('window_start', steps)} AS step, impressions, clicks, cost_micros, 0 AS valid,
        0 AS settled_impressions, 0 AS settled_valid FROM campaign_metrics WHERE dimension = 'campaign'
      UNION ALL SELECT ${stepIndex('window_start', steps)}, 0, 0, 0, 0, impressions, valid_clicks FROM attribution_metrics
      UNION ALL SELECT ${stepIndex('click_time', steps)}, 0, 0, 0, 1, 0, 0 FROM attributed_click
        WHERE len(invalid_reasons) = 0)
    GROUP BY step`);
  const byStep = new Map(rows.map((row) => [Number(row['step']), row]));
  const all = Array.from({ length: Math.round((to - from) / stepMs) }, (_, step): Step => {
    const value = (name: string) => Number(byStep.get(step)?.[name] ?? 0);
    return {
      impressions: value('impressions'),
      clicks: value('clicks'),
      costMicros: value('cost_micros'),
      valid: value('valid'),
      settledImpressions: value('settled_impressions'),
      settledValid: value('settled_valid'),
    };
  });
  const sum = (name: keyof Step) => all.reduce((total, step) => total + step[name], 0);
  const total = Object.fromEntries(
    (Object.keys(all[0] ?? {}) as (keyof Step)[]).map((name) => [name, sum(name)]),
  ) as unknown as Step;
  const net = all.map(netOf);
  return {
    totals: {
      from,
      to,
      impressions: total.impressions,
      clicks: total.clicks,
      costMicros: total.costMicros,
      ctr: ratio(total.clicks, total.impressions),
      net: netOf(total),
    },
    series: {
      stepMs,
      times: all.map((_, index) => from + index * stepMs),
      eventsPerSecond: all.map((step) => ((step.impressions + step.clicks) * 1_000) / stepMs),
      grossCtr: all.map((step) => ratio(step.clicks, step.impressions)),
      settledCtr: net.map(({ ctr, settled }) => (settled ? ctr : null)),
      provisionalCtr: net.map(({ ctr, settled }) => (settled ? null : ctr)),
    },
  };
}
