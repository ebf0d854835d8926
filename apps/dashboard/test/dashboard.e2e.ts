/** The page in a real Chromium, on results in memory. */
import { readFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { findChromium, HOW_TO_GET_CHROMIUM, pageProblems, pageSize, startChromium } from '@ad-analytics/chromium';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { InMemoryResults } from '../src/results/in-memory-results';
import {
  alertOf,
  clickOf,
  engagementOf,
  lateOf,
  rejectedOf,
  settledOf,
  trafficOf,
  unattributedOf,
} from './sample-results';
import { sampleTraffic, sampleWindow } from './sample-traffic';
import { reorderedTexts } from './reordered-texts';
import { startTestDashboard, type TestDashboard } from './test-dashboard';

const CHROMIUM = findChromium();
const HOSTILE = '<img src=x onerror=alert(1)>';
const axeSource = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
/** Folder for screenshots; without it, none are taken. */
const SCREENSHOTS = process.env['SCREENSHOTS'];

if (CHROMIUM === undefined) console.warn(`SKIPPED: ${HOW_TO_GET_CHROMIUM}.`);
const withChromium = CHROMIUM === undefined ? describe.skip : describe;

/** Start of the newest window: it has ended some seconds ago. */
const newest = (now = Date.now()) => Math.floor(now / 10_000) * 10_000 - 20_000;
const traffic = (start: number, key: string, impressions: number, clicks: number) =>
  trafficOf(start, 'campaign', key, { impressions, clicks });

withChromium('the page', () => {
  let browser: Browser;
  let dashboard: TestDashboard;
  let problems: readonly string[] = [];
  beforeAll(async () => {
    browser = await startChromium(CHROMIUM as string);
  });
  afterAll(() => browser?.close());
  beforeEach(async () => {
    dashboard = await startTestDashboard();
  });
  afterEach(async () => {
    for (const context of browser.contexts()) await context.close();
    await dashboard.close();
  });

  async function open(options: BrowserContextOptions = {}, query = ''): Promise<Page> {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...options });
    const page = await context.newPage();
    problems = pageProblems(page);
    await page.goto(dashboard.url + query);
    await page.locator('.state').waitFor();
    return page;
  }
  const figure = (page: Page, name: string) =>
    page.locator('.figure', { has: page.getByText(name, { exact: true }) }).locator('.figure-value');
  const step = (page: Page, name: string) => page.locator(`[data-step=${name}] [data-figure]`);
  /** Waits until the element has this text. */
  async function expectText(page: Page, selector: string, text: string | RegExp): Promise<void> {
    await page.locator(selector).filter({ hasText: text }).first().waitFor();
  }

  it('shows the figures that are in the table', async () => {
    const start = newest();
    dashboard.results.put(
      traffic(start, 'campaign-a', 1_234, 56),
      traffic(start, 'campaign-b', 766, 4),
      trafficOf(start, 'ad', 'ad-a1', { impressions: 1_234, clicks: 56 }),
      trafficOf(start, 'publisher', 'publisher-7', { impressions: 2_000, clicks: 60 }),
      clickOf('1', start, { campaign_id: 'campaign-a', ad_id: 'ad-a1' }),
      clickOf('2', start, { campaign_id: 'campaign-a', ad_id: 'ad-a1', invalid_reasons: ['too_fast_click'] }),
      unattributedOf('3', start, 'campaign-b'),
      lateOf('4', start, 'click'),
      rejectedOf('5', start, 'impression', 'user_id: is missing'),
      engagementOf(Math.floor(Date.now() / 60_000) * 60_000 - 300_000, 'user-9', { score: 87.5 }),
    );
    await dashboard.catchUp();
    const page = await open();
    await figure(page, 'Impressions').waitFor();
    expect(await figure(page, 'Impressions').textContent()).toBe('2,000');
    expect(await figure(page, 'Clicks').textContent()).toBe('60');
    expect(await figure(page, 'Gross CTR').textContent()).toBe('3.00%');
    expect(await figure(page, 'Net CTR').textContent()).toBe('0.05%');
    expect(await figure(page, 'Spend').textContent()).toBe('$4.00');
    const steps = ['impressions', 'clicks', 'attributed', 'valid'];
    expect(await Promise.all(steps.map((name) => step(page, name).textContent()))).toEqual(['2,000', '60', '2', '1']);
    const row = await page.locator('.panel-rankings tbody tr').first().locator('th, td').allTextContents();
    expect(row.slice(0, 4)).toEqual(['campaign-a', '1,234', '56', '4.54%']);
    await page.getByRole('button', { name: 'Publishers' }).click();
    await expectText(page, '.panel-rankings tbody tr', 'publisher-7');
    await expectText(page, '.panel-engagement tbody tr', /user-9\s*87\.5/);
    expect(await page.locator('[data-reason=late] td').allTextContents()).toEqual(['0', '1']);
    expect(await page.locator('[data-reason=rejected] td').allTextContents()).toEqual(['1', '0']);
    await expectText(page, '.panel-left-out', 'This test runs without Flink.');
    expect(problems).toEqual([]);
  });

  it('shows new figures and alerts as they arrive, without reloading', async () => {
    const start = newest();
    dashboard.results.put(traffic(start, 'campaign-a', 10, 1));
    await dashboard.catchUp();
    const page = await open();
    await expectText(page, '.panel-alerts', 'No alert in this range.');
    await page.evaluate(() => Object.assign(window, { notLoadedAgain: true }));
    dashboard.results.put(
      traffic(start, 'campaign-a', 25, 2),
      // With the current time: on a slow machine `start` is old when the page opens, and polls rarely read old alerts.
      alertOf(newest(), { actor_id: '203.0.113.24', observed: 37, severity: 'high' }),
    );
    await dashboard.poll();
    await expectText(page, '.incident', '37 clicks in 1 min, limit 10');
    await expectText(page, '.incident.severity-high', '203.0.113.24');
    await expectText(page, '[role=status]', '1 new fraud alert, 1 of high severity.');
    expect(await figure(page, 'Impressions').textContent()).toBe('25');
    expect(await page.evaluate(() => 'notLoadedAgain' in window)).toBe(true);
  });

  it('filters by campaign and by time, also from the keyboard and from the address', async () => {
    const start = newest();
    dashboard.results.put(
      traffic(start, 'campaign-a', 100, 10),
      traffic(start, 'campaign-b', 50, 1),
      traffic(start - 600_000, 'campaign-b', 7, 0),
      settledOf(start - 660_000, 'campaign-b', { impressions: 1, attributed: 0, valid: 0 }),
    );
    await dashboard.catchUp();
    const page = await open();
    await expectText(page, '.figure-value', /^157$/);
    await page.getByRole('combobox', { name: 'Campaign' }).selectOption('campaign-b');
    await expectText(page, '.figure-value', /^57$/);
    await page.getByRole('radio', { name: '15 min' }).focus();
    await page.keyboard.press('ArrowLeft');
    await expectText(page, '.figure-value', /^50$/);
    expect(new URL(page.url()).search).toBe('?minutes=5&campaign=campaign-b');
    await page.reload();
    await expectText(page, '.figure-value', /^50$/);
    await page.getByRole('button', { name: 'campaign-a' }).press('Enter');
    await expectText(page, '.figure-value', /^100$/);
    await page.getByRole('button', { name: 'campaign-a' }).press('Enter');
    await expectText(page, '.figure-value', /^150$/);
    expect(problems).toEqual([]);
  });

  it('shows hostile names as text, everywhere', async () => {
    const start = newest();
    dashboard.results.put(
      traffic(start, HOSTILE, 100, 10),
      trafficOf(start, 'ad', HOSTILE, { impressions: 100, clicks: 10 }),
      clickOf('1', start, { campaign_id: HOSTILE, ad_id: HOSTILE }),
      alertOf(start, { rule: 'abnormal_ctr', actor_type: 'user', actor_id: HOSTILE, observed: 0.9, threshold: 0.5 }),
      engagementOf(Math.floor(Date.now() / 60_000) * 60_000 - 300_000, HOSTILE),
      rejectedOf('2', start, 'click', HOSTILE),
    );
    await dashboard.catchUp();
    const page = await open();
    for (const panel of ['.panel-rankings', '.panel-alerts', '.panel-engagement', '.panel-left-out'])
      await expectText(page, panel, HOSTILE);
    await page.getByRole('combobox', { name: 'Campaign' }).selectOption(HOSTILE);
    await expectText(page, '.panel-ctr', HOSTILE);
    await page.getByRole('button', { name: 'Ads' }).click();
    await expectText(page, '.panel-rankings tbody', HOSTILE);
    expect(await page.locator('img').count()).toBe(0);
    expect(problems).toEqual([]);
  });

  it.each([
    ['an override', '\u202egnp.exe'],
    ['the end of an isolate before an override', 'a\u2069\u202egnp.exe'],
    ['right-to-left letters', '\u05d0\u05d1 12'],
  ])('keeps the text beside a name in its order, with %s in the name', async (_what, name) => {
    const start = newest();
    dashboard.results.put(
      traffic(start, name, 100, 10),
      trafficOf(start, 'ad', name, { impressions: 100, clicks: 10 }),
      clickOf('1', start, { campaign_id: name, ad_id: name }),
      alertOf(start, { rule: 'abnormal_ctr', actor_type: 'user', actor_id: name, observed: 0.9, threshold: 0.5 }),
      engagementOf(Math.floor(Date.now() / 60_000) * 60_000 - 300_000, name),
      rejectedOf('2', start, 'click', `ip: ${name}`),
    );
    await dashboard.catchUp();
    const page = await open();
    await page.getByRole('combobox', { name: 'Campaign' }).selectOption(name);
    await page.getByRole('button', { name: 'Ads' }).click();
    for (const panel of ['.panel-ctr .note', '.panel-rankings .note', '.panel-rankings tbody', '.panel-funnel .note'])
      await expectText(page, panel, name);
    for (const panel of ['.incident-actor', '.panel-engagement', '.panel-left-out'])
      await expectText(page, panel, name);
    expect(await reorderedTexts(page, name)).toEqual([]);
    expect(problems).toEqual([]);
  });

  it('reports old figures when the server has died, and continues when it is back', async () => {
    dashboard.results.put(traffic(newest(), 'campaign-a', 10, 1));
    await dashboard.catchUp();
    const page = await open();
    await expectText(page, '.state', 'Live');
    const { port } = new URL(dashboard.url);
    const { results } = dashboard;
    await dashboard.close();
    await expectText(page, '.banner-error', /No response from the server for \d+ s/);
    await expectText(page, '.state', 'Disconnected');
    expect(await figure(page, 'Impressions').textContent()).toBe('10');
    dashboard = await startTestDashboard({ reader: results }, Number(port));
    await dashboard.catchUp();
    await expectText(page, '.state', 'Live');
    expect(await page.locator('.banner').count()).toBe(0);
  });

  it('reports missing results, stale results, and a table that cannot be read', async () => {
    let now = Date.now();
    await dashboard.close();
    const results = new InMemoryResults();
    dashboard = await startTestDashboard({ reader: results, now: () => now });
    await dashboard.catchUp();
    const page = await open();
    await expectText(page, '.banner', 'No results yet');
    results.put(traffic(newest(now), 'campaign-a', 10, 1));
    await dashboard.poll();
    await expectText(page, '.state', 'Live');
    now += 95_000;
    await dashboard.poll();
    await expectText(page, '.banner-warning', /No new result for 1 min 3\d s/);
    results.failure = new Error('connect ECONNREFUSED 127.0.0.1:4566');
    await dashboard.poll();
    await expectText(page, '.banner-error', 'connect ECONNREFUSED 127.0.0.1:4566. The figures are from');
  });

  describe.each(['light', 'dark'] as const)('in %s', (colorScheme) => {
    it.each([
      ['wide', { width: 1440, height: 900 }],
      ['narrow', { width: 390, height: 844 }],
    ])('has no serious accessibility fault and no overflow when %s', async (name, viewport) => {
      dashboard.results.put(...sampleTraffic(Date.now() - 5_000));
      await dashboard.catchUp();
      const page = await open({ colorScheme, viewport, bypassCSP: true });
      await page.locator('.incident').first().waitFor();
      await page.addScriptTag({ content: axeSource });
      const faults = await page.evaluate(async () => {
        const { axe } = window as unknown as {
          axe: { run(): Promise<{ violations: { id: string; impact: string; nodes: { html: string }[] }[] }> };
        };
        const { violations } = await axe.run();
        return violations
          .filter(({ impact }) => impact === 'serious' || impact === 'critical')
          .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
      });
      expect(faults).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(viewport.width);
      if (SCREENSHOTS !== undefined) {
        await mkdir(SCREENSHOTS, { recursive: true });
        await page.screenshot({
          path: path.join(SCREENSHOTS, `${colorScheme}-${name}.png`),
          fullPage: name === 'wide',
        });
      }
    });
  });

  it('follows the system from light to dark until the user chooses', async () => {
    const page = await open({ colorScheme: 'dark' });
    const theme = () => page.evaluate(() => document.documentElement.dataset['theme']);
    expect(await theme()).toBe('dark');
    await page.getByRole('button', { name: 'Light theme' }).click();
    expect(await theme()).toBe('light');
    await page.reload();
    await page.getByRole('button', { name: 'Dark theme' }).waitFor();
    expect(await theme()).toBe('light');
  });

  it('does not grow over thousands of updates', async () => {
    const start = newest();
    dashboard.results.put(...sampleTraffic(start, 5));
    await dashboard.catchUp();
    const page = await open();
    await page.locator('.incident').first().waitFor();
    const update = async (count: number) => {
      for (let index = 0; index < count; index += 1) {
        dashboard.results.put(traffic(start, 'campaign-99', 50_000 + index, 10));
        if (index % 10 === 0) dashboard.results.put(alertOf(start, { actor_id: `10.1.${index >> 8}.${index % 256}` }));
        await dashboard.poll();
      }
      const shown = 50_000 + count - 1;
      await expectText(page, '.panel-rankings tbody tr', shown.toLocaleString('en-US'));
    };
    // Until everything that is bounded is full: the list of alerts, the caches of the engine.
    await update(700);
    const before = await pageSize(page);
    await update(2_500);
    const after = await pageSize(page);
    expect(after.elements).toBeLessThan(before.elements * 1.1);
    expect(after.heap).toBeLessThan(before.heap + 4_000_000);
  });

  it('accepts the traffic of a minute in one burst', async () => {
    dashboard.results.put(...sampleTraffic(Date.now() - 65_000, 5));
    await dashboard.catchUp();
    const page = await open();
    await page.locator('.incident').first().waitFor();
    const windows = Array.from({ length: 6 }, (_, back) => sampleWindow(newest() - back * 10_000, false));
    dashboard.results.put(...windows.flat());
    await dashboard.poll(3);
    const key = 'campaign-01';
    const sum = (await dashboardTotal(dashboard, key)).toLocaleString('en-US');
    await expectText(page, '.panel-rankings tbody tr', sum);
    expect(problems).toEqual([]);
  });
});

/** @returns impressions of the campaign over the last quarter of an hour, from the table itself */
async function dashboardTotal({ results }: TestDashboard, key: string): Promise<number> {
  const page = await results.read('campaign_metrics/campaign', { from: newest() - 900_000, to: Date.now() }, 1e6);
  return page.results.reduce((sum, { payload }) => sum + (payload.key === key ? payload.impressions : 0), 0);
}
