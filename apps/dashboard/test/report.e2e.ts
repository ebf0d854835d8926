/** A report in a real Chromium, opened from the disk. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { findChromium, HOW_TO_GET_CHROMIUM, pageProblems, startChromium } from '@ad-analytics/chromium';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import type { Books, Verdict } from '../src/report/report-data';
import { reportHtml } from '../src/report/report-html';
import { reportView } from '../src/report/report-view';
import { ResultsDatabase } from '../src/report/results-database';
import { alertOf, clickOf, engagementOf, rejectedOf, settledOf, trafficOf, WINDOW_MS } from './sample-results';
import { PAGE } from './test-dashboard';

const CHROMIUM = findChromium();
const HOSTILE = '</script><img src=x onerror=alert(1)>';
const START = Date.parse('2026-11-20T10:00:00Z');
/** Folder for screenshots; without it, none are taken. */
const SCREENSHOTS = process.env['SCREENSHOTS'];
const LINE = { read: 1_200, rejected: 100, late: 0, duplicates: 100, accepted: 1_000 };
const BOOKS: Books = {
  ...{ impression: LINE, click: { ...LINE, read: 40, rejected: 0, duplicates: 0, accepted: 40 } },
  ...{ attributed: 30, unattributed: 10, problems: [] },
  leftOut: ['8.3 % of the impressions were rejected (100 of 1,200):', `  100 x, for example: ${HOSTILE}`],
};

const VERDICT: Verdict = {
  agrees: false,
  types: [{ recordType: 'fraud_alert', expected: 62, found: 61, missing: 1, extra: 0, differing: 0 }],
  lines: [`missing fraud_alert: ${HOSTILE}`],
};

if (CHROMIUM === undefined) console.warn(`SKIPPED: ${HOW_TO_GET_CHROMIUM}.`);
const withChromium = CHROMIUM === undefined ? describe.skip : describe;

withChromium('a report', () => {
  let browser: Browser;
  const folder = mkdtempSync(path.join(os.tmpdir(), 'a report '));
  const file = path.join(folder, 'report.html');

  beforeAll(async () => {
    browser = await startChromium(CHROMIUM as string);
    const results = path.join(folder, 'results.jsonl');
    const records = [
      ...Array.from({ length: 30 }, (_, index) => START + index * WINDOW_MS).flatMap((start, index) => [
        trafficOf(start, 'campaign', index % 2 ? 'campaign-01' : HOSTILE, { impressions: 40, clicks: 1 + (index % 3) }),
        settledOf(start, index % 2 ? 'campaign-01' : HOSTILE, { impressions: 40, attributed: 1, valid: 1 }),
        trafficOf(start, 'country', index % 2 ? 'DE' : 'FR', { impressions: 40, clicks: 1 }),
      ]),
      clickOf('k', START),
      alertOf(START + 60_000, { actor_id: HOSTILE, severity: 'high' }),
      ...Array.from({ length: 60 }, (_, index) => alertOf(START + 60_000, { actor_id: `192.0.2.${index}` })),
      engagementOf(START, HOSTILE),
      rejectedOf('1', START, 'impression', HOSTILE),
    ];
    writeFileSync(results, records.map((record) => `${JSON.stringify(record)}\n`).join(''));
    const context = { source: 'results.jsonl', windowMs: WINDOW_MS, settlesAfterMs: 60_000, books: BOOKS, now: START };
    const view = await ResultsDatabase.use(results, (database) => reportView(database, context));
    const built = (name: string) => readFileSync(path.join(PAGE, '..', 'report', name), 'utf8');
    const page = { script: built('report.js'), style: built('report.css') };
    writeFileSync(file, reportHtml({ view, books: BOOKS, verdict: VERDICT }, page));
  });
  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true });
  });

  async function open(name: string, options: BrowserContextOptions, print = false): Promise<Page> {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...options });
    const page = await context.newPage();
    const problems = pageProblems(page);
    const requests: string[] = [];
    page.on('request', (request) => requests.push(request.url()));
    if (print) await page.emulateMedia({ media: 'print' });
    await page.goto(pathToFileURL(file).href);
    await page.locator('.panel-books').waitFor();
    if (SCREENSHOTS !== undefined)
      await page.screenshot({ path: path.join(SCREENSHOTS, `report-${name}.png`), fullPage: true });
    expect(problems).toEqual([]);
    expect(requests).toEqual([pathToFileURL(file).href]);
    return page;
  }

  it('shows the run, its ledger, and identifiers as text, without a request', async () => {
    const page = await open('light', { colorScheme: 'light' });
    expect(await page.locator('.key-figures').innerText()).toContain('1,200');
    for (const place of ['.incident-actor', '.panel-rankings-campaign', '.panel-engagement', '.left-out-lines'])
      expect(await page.locator(place).first().textContent()).toContain(HOSTILE);
    expect(await page.locator('img').count()).toBe(0);
    expect(await page.locator('.panel-ctr canvas').count()).toBe(1);
    expect(await page.locator('[data-checked=fraud_alert]').innerText()).toMatch(/62\s+61\s+1\s+0\s+0/);
    expect(await page.locator('.panel-verdict').innerText()).toContain(`missing fraud_alert: ${HOSTILE}`);
    expect(await page.locator('[data-books=read]').innerText()).toMatch(/1,200\s+40/);
  });

  it('follows the dark theme of the system, and prints in the light theme', async () => {
    const ground = (page: Page) => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const light = await ground(await open('light', { colorScheme: 'light' }));
    const dark = await open('dark', { colorScheme: 'dark' });
    expect(await ground(dark)).not.toBe(light);
    await dark.evaluate(() => dispatchEvent(new Event('beforeprint')));
    expect(await ground(dark)).toBe(light);
  });

  it('fits on a phone', async () => {
    const page = await open('phone', { viewport: { width: 375, height: 700 } });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(375);
  });

  it('prints without its buttons, and with all incidents of the page', async () => {
    const page = await open('print', { viewport: { width: 794, height: 1123 } }, true);
    expect(await page.locator('.incident').count()).toBe(50);
    const [list, panel] = await Promise.all(
      ['.incidents', '.panel-alerts'].map((place) => page.locator(place).boundingBox()),
    );
    expect((panel?.y ?? 0) + (panel?.height ?? 0)).toBeGreaterThanOrEqual((list?.y ?? 0) + (list?.height ?? Infinity));
    expect(await page.locator('.theme').isVisible()).toBe(false);
    expect(await page.locator('.panel-funnel').isVisible()).toBe(true);
  });
});
