import type { Page } from 'playwright-core';
import type { RunningDashboard } from '@ad-analytics/demo/dashboard';
import { waitUntil } from '@ad-analytics/command-line/wait-until';
import type { CheckList } from '@ad-analytics/command-line/check-list';
import { HOSTILE } from './hostile-traffic';
import {
  differences,
  engagedUsers,
  expectedOfAll,
  expectedOfCampaign,
  expectedRanking,
  shownFigures,
  shownRanking,
} from './page-figures';
import type { TableFigures } from './table-figures';

/**
 * A limit for a page whose figures do not change. As long as they change, the pipeline makes progress, however slow the machine is: with two whole
 * test runs on two cores, first results took more than three minutes.
 */
const PAGE_TIMEOUT_MS = 600_000;
const POLL_MS = 500;
const PANELS_WITH_NAMES = ['.panel-rankings', '.panel-alerts'] as const;

/** Reads the page until it is correct, because the server polls the table. @returns what was read last */
async function readUntil<T>(page: Page, read: () => Promise<T>, isRight: (shown: T) => boolean): Promise<T> {
  let shown = await read();
  let [figures, changes] = ['', 0];
  const right = async () => {
    shown = await read();
    if (isRight(shown)) return true;
    const now = JSON.stringify(await shownFigures(page));
    if (now !== figures) changes += 1;
    figures = now;
    return undefined;
  };
  const onTimeout = () => new Error('the page does not show the expected contents');
  const limits = { intervalMs: POLL_MS, timeoutMs: PAGE_TIMEOUT_MS, progress: () => changes };
  await waitUntil(right, { ...limits, onTimeout }).catch(() => {});
  return shown;
}

/** Waits until an element with this text is visible. @returns whether it is visible at the end */
function says(page: Page, selector: string, text: string | RegExp): Promise<boolean> {
  const elements = page.locator(selector).filter({ hasText: text });
  return readUntil(
    page,
    () => elements.first().isVisible(),
    (visible) => visible,
  );
}

/** Waits until the page shows these figures. @returns the differences that remain at the end */
const unlikeTable = (page: Page, expected: Readonly<Record<string, string>>): Promise<string[]> =>
  readUntil(
    page,
    async () => differences(await shownFigures(page), expected),
    (left) => left.length === 0,
  );

/** Checks while the traffic runs: results and alerts appear without a reload, and hostile names are shown as text. */
export async function checkLive(page: Page, checks: CheckList, hostile: boolean): Promise<void> {
  checks.holds(
    'the page is available before the results, and goes live',
    await says(page, '.state', 'Live'),
    'it does not',
  );
  await page.evaluate('window.notLoadedAgain = true');
  checks.holds('fraud alerts appear while the page is open', await says(page, '.incident', /limit/), 'none appeared');
  for (const panel of hostile ? PANELS_WITH_NAMES : [])
    checks.holds(`a hostile name is shown as text in ${panel}`, await says(page, panel, HOSTILE), 'it is missing');
  checks.equal('the page shows them without a reload', await page.evaluate('window.notLoadedAgain'), true);
}

/** Checks after everything is written: the page shows the contents of the table, in total and for each campaign. */
export async function checkFigures(page: Page, figures: TableFigures, checks: CheckList): Promise<void> {
  const all = { ...expectedOfCampaign(figures.total), ...expectedOfAll(figures) };
  const left = await unlikeTable(page, all);
  checks.equal(`all ${Object.keys(all).length} figures on the page equal those in the table`, left, []);
  const shown = await shownRanking(page);
  checks.equal(
    `the ${shown.length} rows of the ranking are also equal`,
    shown.length > 0 ? shown : 'none',
    expectedRanking(figures, shown.length),
  );
  const engaged = await readUntil(
    page,
    () => engagedUsers(page, figures),
    ({ shown, expected }) => shown === expected,
  );
  checks.equal(
    `${engaged.shown} users are engaged in the window from ${engaged.window}`,
    engaged.shown,
    engaged.expected,
  );
  const campaign = [...figures.byCampaign].sort(([, a], [, b]) => b.impressions - a.impressions)[1]?.[0] ?? '';
  for (const name of [campaign, HOSTILE].filter((one) => figures.byCampaign.has(one))) {
    await page.getByRole('combobox', { name: 'Campaign' }).selectOption(name);
    const own = figures.byCampaign.get(name);
    const expected = { ...(own === undefined ? {} : expectedOfCampaign(own)), ...expectedOfAll(figures) };
    checks.equal(
      `the figures on the page filtered by ${name} equal those in the table`,
      await unlikeTable(page, expected),
      [],
    );
    checks.holds(
      `the page filtered by ${name} shows the name as text above the chart`,
      await says(page, '.panel-ctr', name),
      'it does not',
    );
  }
  checks.equal('no text of the data has become an element', await page.locator('img').count(), 0);
  await page.getByRole('combobox', { name: 'Campaign' }).selectOption('');
  checks.equal(
    'all figures on the page for all campaigns again equal those in the table',
    await unlikeTable(page, all),
    [],
  );
}

/** The page must show that the server has ended. */
export async function checkDeath(
  page: Page,
  dashboard: RunningDashboard | undefined,
  figures: TableFigures,
  checks: CheckList,
): Promise<void> {
  await dashboard?.process.kill();
  const noticed = await says(page, '.banner-error', /No response from the server for \d+ s/);
  checks.holds('a page whose server was killed says that its figures are old', noticed, 'it does not');
  checks.holds(
    'a page whose server was killed calls itself disconnected',
    await says(page, '.state', 'Disconnected'),
    'it does not',
  );
  checks.equal(
    'a page whose server was killed keeps its figures',
    differences(await shownFigures(page), expectedOfCampaign(figures.total)),
    [],
  );
}
