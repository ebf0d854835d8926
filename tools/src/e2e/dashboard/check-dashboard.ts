import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ResultRecord } from '@ad-analytics/event-schemas';
import { HOW_TO_GET_CHROMIUM, findChromium, pageProblems, startChromium } from '@ad-analytics/chromium';
import { DEFAULT_TABLE_NAME, ServingTable, createServingClient, tableReader } from '@ad-analytics/serving-table';
import type { Browser, Page } from 'playwright-core';
import { renderTableCheck, tableAgrees } from '../../demo/check-results';
import { DEMO_SETTINGS } from '../../demo/demo-settings';
import { checkTable } from '../../demo/demo-table';
import { generatorSpec } from '../../demo/generator';
import { type DemoOutcome, runDemo } from '../../demo/run-demo';
import { type LocalStack, withLocalStack } from '../../local-stack/stack';
import { waitUntil } from '../../local-stack/wait-until';
import { type StackFlags, stackOptions } from '../../stack-options';
import type { CheckList } from '../check-list';
import { HOSTILE, sendHostileTraffic } from './hostile-traffic';
import {
  differences,
  engagedUsers,
  expectedOfAll,
  expectedOfCampaign,
  expectedRanking,
  shownFigures,
  shownRanking,
} from './page-figures';
import { type TableFigures, tableFigures } from './table-figures';
import { tamperWithTable } from './tamper';

/** Long enough for the first windows to be settled, and for attacks to be noticed. */
const SECONDS = 85;
/** For pictures: charts with more than a few points in them. */
const SECONDS_FOR_PICTURES = 240;
const TRAFFIC = { rate: 150, ctr: 0.05, seed: 11 };
/** Against a page that never gets there, not a slow machine. */
const PAGE_TIMEOUT_MS = 180_000;
const POLL_MS = 500;
const PANELS_WITH_NAMES = ['.panel-rankings', '.panel-alerts'] as const;

const SIZES = {
  wide: { width: 1440, height: 900 },
  narrow: { width: 390, height: 844 },
} as const;
const PICTURES = { wide: { width: 1280, height: 1180 }, narrow: SIZES.narrow } as const;

/** A promise with the means to settle it. */
function deferred<T>() {
  let resolve!: (value: T) => void;
  let reject!: (reason: unknown) => void;
  const promise = new Promise<T>((onResolve, onReject) => ([resolve, reject] = [onResolve, onReject]));
  return { promise, resolve, reject };
}

/** Waits until there is an element that says so. */
async function says(page: Page, selector: string, text: string | RegExp): Promise<boolean> {
  const element = page.locator(selector).filter({ hasText: text }).first();
  return element.waitFor({ timeout: PAGE_TIMEOUT_MS }).then(
    () => true,
    () => false,
  );
}

/** Waits until the page shows these figures. @returns where it does not, after all */
async function unlikeTable(page: Page, expected: Readonly<Record<string, string>>): Promise<string[]> {
  let left: string[] = [];
  const same = async () => {
    left = differences(await shownFigures(page), expected);
    return left.length === 0 ? true : undefined;
  };
  const onTimeout = () => new Error('not the same');
  await waitUntil(same, { intervalMs: POLL_MS, timeoutMs: PAGE_TIMEOUT_MS, onTimeout }).catch(() => {});
  return left;
}

/** Pictures of the page while it is live, in both themes. */
async function takePictures(page: Page, folder: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  await page.getByRole('radio', { name: '5 min', exact: true }).check({ force: true });
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    for (const [name, size] of Object.entries(PICTURES)) {
      await page.setViewportSize(size);
      await sleep(POLL_MS);
      await page.screenshot({ path: path.join(folder, `dashboard-${colorScheme}-${name}.png`) });
    }
  }
  await page.emulateMedia({ colorScheme: 'light' });
  await page.setViewportSize(PICTURES.wide);
  await page.locator('.panel-rate').evaluate('element => element.scrollIntoView()');
  await page.screenshot({ path: path.join(folder, 'dashboard-light-more.png') });
  await page.emulateMedia({ colorScheme: null });
  await page.setViewportSize(SIZES.wide);
  await page.getByRole('radio', { name: '15 min', exact: true }).check({ force: true });
}

async function inTable(stack: LocalStack): Promise<{ figures: TableFigures; records: ResultRecord[] }> {
  const client = createServingClient({ region: stack.region, endpoint: stack.endpoint });
  try {
    const records: ResultRecord[] = [];
    const table = new ServingTable(tableReader(client), DEFAULT_TABLE_NAME);
    for await (const record of table.allRecords()) records.push(record);
    return { figures: await tableFigures(records), records };
  } finally {
    client.destroy();
  }
}

/** While the traffic runs: results and alerts come by themselves, hostile names stay text. */
async function checkLive(page: Page, checks: CheckList, hostile: boolean): Promise<void> {
  checks.holds(
    'the page is there before the results, and goes live',
    await says(page, '.state', 'Live'),
    'it does not',
  );
  await page.evaluate('window.notLoadedAgain = true');
  checks.holds('fraud alerts appear while it is open', await says(page, '.incident', /limit/), 'none appeared');
  for (const panel of hostile ? PANELS_WITH_NAMES : [])
    checks.holds(`a hostile name stands as text in ${panel}`, await says(page, panel, HOSTILE), 'it is not there');
  checks.equal('without a load', await page.evaluate('window.notLoadedAgain'), true);
}

/** When all is written: the page shows what is in the table, as a whole and by campaign. */
async function checkFigures(page: Page, figures: TableFigures, checks: CheckList): Promise<void> {
  const all = { ...expectedOfCampaign(figures.total), ...expectedOfAll(figures) };
  const left = await unlikeTable(page, all);
  checks.equal(`all ${Object.keys(all).length} figures on the page equal those in the table`, left, []);
  const shown = await shownRanking(page);
  checks.equal(
    `the ${shown.length} rows of the ranking, too`,
    shown.length > 0 ? shown : 'none',
    expectedRanking(figures, shown.length),
  );
  const engaged = await engagedUsers(page, figures);
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
    checks.equal(`filtered by ${name}, too`, await unlikeTable(page, expected), []);
    checks.holds('whose name stands as text above its chart', await says(page, '.panel-ctr', name), 'it does not');
  }
  checks.equal('no text of the data has become an element', await page.locator('img').count(), 0);
  await page.getByRole('combobox', { name: 'Campaign' }).selectOption('');
  checks.equal('and of all campaigns again', await unlikeTable(page, all), []);
}

/** A table that was spoiled must not pass for right. */
async function checkTampering(stack: LocalStack, records: readonly ResultRecord[], checks: CheckList): Promise<void> {
  const clicks = records.filter((record) => record.record_type === 'attributed_click').slice(0, 3);
  await tamperWithTable(stack, clicks);
  const check = await checkTable(stack, records.length);
  const found =
    'skipped' in check ? undefined : check.ledger.types.find((type) => type.recordType === 'attributed_click');
  const { missing, extra, differing } = found ?? {};
  checks.equal(
    'a dropped, an altered and an extra record in the table are each found',
    { missing, extra, differing },
    { missing: 1, extra: 1, differing: 1 },
  );
  checks.equal('and the table is no longer called right', tableAgrees({ check, deadLetters: 0 }), false);
}

/** A server that is gone must show. */
async function checkDeath(page: Page, outcome: DemoOutcome, figures: TableFigures, checks: CheckList): Promise<void> {
  await outcome.dashboard?.process.kill();
  const noticed = await says(page, '.banner-error', /No word from the server for \d+ s/);
  checks.holds('a page whose server was killed says that its figures are old', noticed, 'it does not');
  checks.holds('and calls itself disconnected', await says(page, '.state', 'Disconnected'), 'it does not');
  checks.equal('and keeps them', differences(await shownFigures(page), expectedOfCampaign(figures.total)), []);
}

async function checkInBrowser(
  stack: LocalStack,
  browser: Browser,
  run: { readonly checks: CheckList; readonly interrupted: AbortSignal; readonly pictures: string | undefined },
): Promise<void> {
  const { checks, interrupted, pictures } = run;
  const page = await browser.newPage({ viewport: SIZES.wide });
  const problems = pageProblems(page);
  const over = new AbortController();
  const opened = deferred<string>();
  const pictured = deferred<void>();
  const say = (line: string) => {
    console.error(`. ${line}`);
    if (line.startsWith('Stopping the traffic'))
      (pictures === undefined ? Promise.resolve() : takePictures(page, pictures)).then(
        pictured.resolve,
        pictured.reject,
      );
  };
  const demo = runDemo(
    stack,
    {
      generator: generatorSpec(stack, TRAFFIC),
      seconds: pictures === undefined ? SECONDS : SECONDS_FOR_PICTURES,
      table: true,
      dashboard: { port: 0, onAddress: opened.resolve },
      output: { write: () => true },
      say,
    },
    interrupted,
  );
  const live = opened.promise.then(async (url) => {
    await page.goto(url);
    // Not on the pictures: a newcomer would take it for a fault.
    const hostile = pictures === undefined;
    await Promise.all([hostile ? sendHostileTraffic(stack, over.signal) : undefined, checkLive(page, checks, hostile)]);
  });
  try {
    const [outcome] = await Promise.all([demo, live, pictured.promise]);
    const { table } = outcome;
    checks.holds(
      'at the end the table holds exactly the results that verify expects',
      table !== undefined && tableAgrees(table) && !('skipped' in table.check),
      table === undefined ? '' : renderTableCheck(table).join('\n'),
    );
    const { figures, records } = await inTable(stack);
    console.log(`      ${records.length} results in the table, ${figures.alerts} fraud alerts among them`);
    await checkFigures(page, figures, checks);
    await checkDeath(page, outcome, figures, checks);
    checks.equal('no script has failed, no dialog has opened, nothing was refused by the policy', problems, []);
    await checkTampering(stack, records, checks);
  } finally {
    over.abort();
  }
}

/**
 * The demo's page in a real Chromium, on the real local stack: Kinesis, Flink, the bundled sink, the serving table.
 * @param flags of the stack
 * @param checks takes every check
 * @param interrupted ends it
 * @param pictures folder for pictures of the page; the traffic then runs longer. None unless given
 */
export async function checkDashboard(
  flags: StackFlags,
  checks: CheckList,
  interrupted: AbortSignal,
  pictures?: string,
): Promise<void> {
  const chromium = findChromium();
  if (chromium === undefined) {
    checks.skip('the page shows what is in the table', HOW_TO_GET_CHROMIUM);
    return;
  }
  const onProgress = (line: string) => console.error(`. ${line}`);
  const options = stackOptions('e2e-dashboard', flags, { restart: 'none', onProgress }, DEMO_SETTINGS);
  const browser = await startChromium(chromium);
  try {
    await withLocalStack(options, interrupted, (stack) =>
      checkInBrowser(stack, browser, { checks, interrupted, pictures }),
    );
  } finally {
    await browser.close();
  }
}
