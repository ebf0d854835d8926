/** The program on a file of results, in a real Chromium. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { findChromium, HOW_TO_GET_CHROMIUM, pageProblems, startChromium } from '@ad-analytics/chromium';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { alertOf, clickOf, engagementOf, rejectedOf, settledOf, trafficOf, WINDOW_MS } from './sample-results';

const CHROMIUM = findChromium();
const BUNDLE = path.resolve(__dirname, '..', 'dist', 'dashboard.mjs');
const START = Date.parse('2024-02-29T10:00:00Z');
const SCREENSHOTS = process.env['SCREENSHOTS'];

if (CHROMIUM === undefined) console.warn(`SKIPPED: ${HOW_TO_GET_CHROMIUM}.`);
const withChromium = CHROMIUM === undefined ? describe.skip : describe;

withChromium('a finished run', () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'a run '));
  let browser: Browser;
  let server: ChildProcess | undefined;

  beforeAll(async () => {
    browser = await startChromium(CHROMIUM as string);
    // Three hours, the last of them with ten times the impressions.
    const windows = Array.from({ length: 3 * 360 }, (_, index) => START + index * WINDOW_MS);
    const records = [
      ...windows.flatMap((start, index) => {
        const impressions = index < 720 ? 10 : 100;
        return [
          trafficOf(start, 'campaign', 'c-1', { impressions, clicks: 1 }),
          trafficOf(start, 'country', 'DE', { impressions, clicks: 1 }),
          settledOf(start, 'c-1', { impressions, attributed: 1, valid: 1 }),
        ];
      }),
      clickOf('k', START + 3 * 3_600_000 - 60_000),
      alertOf(START + 3 * 3_600_000 - 60_000, { actor_id: '192.0.2.1', severity: 'high' }),
      engagementOf(START + 3 * 3_600_000 - 300_000, 'u-1'),
      rejectedOf('1', START + 3 * 3_600_000 - 60_000, 'impression', 'ip_address: is missing'),
      // In a replay of old traffic, a rejected event arrives on the day of the replay.
      rejectedOf('2', Date.parse('2026-11-28T10:00:00Z'), 'impression', 'ip_address: is missing'),
    ];
    const lines = [...records.map((record) => JSON.stringify(record)), 'not a result'];
    writeFileSync(path.join(folder, 'results.jsonl'), `${lines.join('\n')}\n`);
  });
  afterEach(async () => {
    for (const context of browser.contexts()) await context.close();
    server?.kill('SIGINT');
    if (server && server.exitCode === null) await once(server, 'exit');
  });
  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true });
  });

  async function open(name: string, more: string[], options: BrowserContextOptions = {}): Promise<Page> {
    const child = spawn(process.execPath, [BUNDLE, '--results', path.join(folder, 'results.jsonl'), ...more]);
    server = child;
    let errors = '';
    child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
    const { value: line } = (await createInterface(child.stdout)[Symbol.asyncIterator]().next()) as { value: string };
    expect(errors).toMatch(/^Lines of .* not results.*: 1\. The first is line 3246: /);
    expect(errors).toMatch(/^[12] of 2 rejected events arrived outside of the displayed hour/m);
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...options });
    const page = await context.newPage();
    const problems = pageProblems(page);
    await page.goto(`${line.split(' ')[1]}?minutes=60`);
    await page.locator('strong', { hasText: 'A finished run' }).waitFor();
    if (SCREENSHOTS !== undefined)
      await page.screenshot({ path: path.join(SCREENSHOTS, `finished-${name}.png`), fullPage: true });
    expect(problems).toEqual([]);
    return page;
  }
  const figures = async (page: Page) => (await page.locator('.key-figures').innerText()).replaceAll(/\s+/g, ' ');

  it('is shown with its final figures, years later, and does not change', async () => {
    const page = await open('light', [], { colorScheme: 'light' });
    expect(await figures(page)).toContain('36,000');
    expect(await page.locator('.panel-rankings').innerText()).toContain('36,000');
    expect(await page.locator('body').innerText()).not.toMatch(/\bago\b/);
    expect(await page.locator('.incident-actor').first().innerText()).toContain('192.0.2.1');
    expect(await page.locator('.panel-engagement').innerText()).toContain('u-1');
    expect(await page.locator('.state').innerText()).toBe('Finished');
    expect(await page.locator('.panel-left-out').innerText()).toContain('ip_address: is missing');
    await page.waitForTimeout(1_500);
    expect(await page.locator('.state').innerText()).toBe('Finished');
  });

  it('is shown at another hour, in the dark and on a phone', async () => {
    const phone = { viewport: { width: 375, height: 812 }, colorScheme: 'dark' as const };
    const page = await open('phone', ['--at', '2024-02-29T11:00:00.000Z'], phone);
    expect(await figures(page)).toContain('3,600');
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(375);
  });
});
