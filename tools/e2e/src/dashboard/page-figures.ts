import type { Page } from 'playwright-core';
import type { CampaignFigures, TableFigures } from './table-figures';

const MICROS = 1_000_000;

/** Figures of the page, formatted as on the page, by their names. */
export type PageFigures = Readonly<Record<string, string>>;

const integer = new Intl.NumberFormat('en-US');
const dollars = new Intl.NumberFormat('en-US', { style: 'currency', currency: 'USD' });
const rate = new Intl.NumberFormat('en-US', { style: 'percent', minimumFractionDigits: 2, maximumFractionDigits: 2 });
const percent = (part: number, whole: number) => (whole > 0 ? rate.format(part / whole) : '–');

/** @returns the figures that depend on the campaign, as the page must write them once all windows are settled */
export function expectedOfCampaign(figures: CampaignFigures): PageFigures {
  const { impressions, clicks, attributed, valid, unattributed, costMicros, settledImpressions, settledValid } =
    figures;
  return {
    Impressions: integer.format(impressions),
    Clicks: integer.format(clicks),
    'Gross CTR': percent(clicks, impressions),
    'Net CTR': percent(settledValid, settledImpressions),
    Spend: dollars.format(costMicros / MICROS),
    'Funnel: impressions': integer.format(impressions),
    'Funnel: clicks': integer.format(clicks),
    'Funnel: attributed': integer.format(attributed),
    'Funnel: valid': integer.format(valid),
    'Funnel: unattributed': integer.format(unattributed),
  };
}

/** @returns the figures of all campaigns; the filter does not change them */
export function expectedOfAll({ late, rejected, alerts, incidents }: TableFigures): PageFigures {
  return {
    'Late impressions': integer.format(late.impression),
    'Late clicks': integer.format(late.click),
    'Rejected impressions': integer.format(rejected.impression),
    'Rejected clicks': integer.format(rejected.click),
    Alerts: integer.format(alerts),
    Incidents: integer.format(incidents),
  };
}

/** @returns the same figures as the page shows them now, without those that the page does not show */
export async function shownFigures(page: Page): Promise<PageFigures> {
  const texts = (selector: string) => page.locator(selector).allTextContents();
  const names = await texts('.figure dt');
  const values = await texts('.figure-value');
  const figures: Record<string, string | undefined> = Object.fromEntries(
    names.map((name, index) => [name, values[index]]),
  );
  for (const step of ['impressions', 'clicks', 'attributed', 'valid', 'unattributed'])
    [figures[`Funnel: ${step}`]] = await texts(`[data-step=${step}] [data-figure]`);
  // The page lists the clicks that do not count only if some exist.
  figures['Funnel: unattributed'] ??= '0';
  for (const name of ['Late', 'Rejected'])
    [figures[`${name} impressions`], figures[`${name} clicks`]] = await texts(`[data-reason=${name.toLowerCase()}] td`);
  [figures['Alerts']] = await texts('[data-figure=alerts]');
  [figures['Incidents']] = await texts('[data-figure=incidents]');
  const there = Object.entries(figures).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return Object.fromEntries(there.map(([name, value]) => [name, value.trim()]));
}

/** A row of the ranking of campaigns: name, impressions, clicks, gross rate, net rate, spend. */
export type RankingRow = readonly string[];

/** @returns the campaigns with the most impressions, as the page must list them */
export function expectedRanking({ byCampaign }: TableFigures, rows: number): RankingRow[] {
  const ranked = [...byCampaign].sort(([, a], [, b]) => b.impressions - a.impressions).slice(0, rows);
  return ranked.map(([name, figures]) => {
    const { Impressions, Clicks, Spend, ...rates } = expectedOfCampaign(figures);
    return [name, Impressions, Clicks, rates['Gross CTR'], rates['Net CTR'], Spend].map((text) => text ?? '');
  });
}

/** @returns the same ranking as the page shows it now */
export async function shownRanking(page: Page): Promise<RankingRow[]> {
  const rows = await page.locator('.panel-rankings tbody tr').all();
  const texts = await Promise.all(rows.map((row) => row.locator('th, td:not(.trend)').allTextContents()));
  return texts.map((row) => row.map((text) => text.replace(' provisional', '').trim()));
}

const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' });

/** @returns the window and the number of active users that the page shows, and the number in the table for this window */
export async function engagedUsers(
  page: Page,
  { engagedUsers: inTable }: TableFigures,
): Promise<{ readonly window: string; readonly shown: number; readonly expected: number | undefined }> {
  const note = await page.locator('.panel-engagement .note').textContent();
  const [, users = '', from = ''] = /^([\d,]+) users active from ([\d:]+)/.exec(note ?? '') ?? [];
  const window = [...inTable].find(([start]) => clock.format(Date.parse(start)) === from);
  return { window: from, shown: Number(users.replaceAll(',', '')), expected: window?.[1] };
}

/** @returns a description of each expected figure that differs; other figures are ignored */
export function differences(shown: PageFigures, expected: PageFigures): string[] {
  return Object.entries(expected)
    .filter(([name, value]) => shown[name] !== value)
    .map(([name, value]) => `${name}: ${shown[name] ?? 'nothing'} on the page, ${value} in the table`);
}
