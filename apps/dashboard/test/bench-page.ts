/**
 * Measures whether the memory of the page grows: feeds results of a given event rate for some minutes to the page in
 * Chromium.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { findChromium, HOW_TO_GET_CHROMIUM, startChromium } from '@ad-analytics/chromium';
import { Command, InvalidArgumentError } from 'commander';
import type { CDPSession, Page } from 'playwright-core';
import { alertOf, engagementOf, WINDOW_MS } from './sample-results';
import { SAMPLE_EVENTS_PER_SECOND, sampleTraffic, sampleWindow } from './sample-traffic';
import { startTestDashboard, type TestDashboard } from './test-dashboard';

const SECOND = 1_000;
const SAMPLE_EVERY_S = 15;
/** Until everything that is bounded is full: lists of alerts, charts, caches of the engine. */
const WARM_UP_S = 60;
const USERS = 5_000;
/** More than the noise between two garbage collections. */
const MAX_HEAP_GROWTH = 4_000_000;
const MAX_NODE_GROWTH = 1.1;

interface Sample {
  readonly second: number;
  /** Bytes in use by scripts after a garbage collection. */
  readonly heap: number;
  /** DOM nodes, including those that only a script still references. */
  readonly nodes: number;
  readonly listeners: number;
  /** Busy time of the page's thread, in seconds. */
  readonly busy: number;
}

async function take(session: CDPSession, second: number): Promise<Sample> {
  await session.send('HeapProfiler.collectGarbage');
  const { metrics } = await session.send('Performance.getMetrics');
  const of = (name: string) => metrics.find((metric) => metric.name === name)?.value ?? 0;
  return {
    second,
    heap: of('JSHeapUsedSize'),
    nodes: of('Nodes'),
    listeners: of('JSEventListeners'),
    busy: of('TaskDuration'),
  };
}

/**
 * Adds the results of traffic at this rate as they would arrive: every second, a share of the window that has just
 * ended.
 */
function feed(dashboard: TestDashboard, rate: number): () => Promise<number> {
  const scale = rate / SAMPLE_EVENTS_PER_SECOND;
  let window = { start: -1, records: sampleWindow(0, false).slice(0, 0) };
  let second = 0;
  let minute = 0;
  return async () => {
    const now = Date.now();
    second += 1;
    const start = Math.floor(now / WINDOW_MS) * WINDOW_MS - WINDOW_MS;
    if (start !== window.start) {
      // Also the rest of the previous window, because the seconds are not exact.
      dashboard.results.put(...window.records);
      window = { start, records: sampleWindow(start, false, scale) };
    }
    const part = window.records.splice(0, Math.ceil(window.records.length / 5));
    dashboard.results.put(...part);
    // A new actor, every second.
    dashboard.results.put(alertOf(start, { actor_id: `10.${second >> 16}.${(second >> 8) & 255}.${second & 255}` }));
    if (Math.floor(now / 60_000) !== minute) {
      minute = Math.floor(now / 60_000);
      const scores = Array.from({ length: USERS }, (_, user) =>
        engagementOf(minute * 60_000 - 300_000, `user-${minute}-${user}`, { score: (user * 7) % 100 }),
      );
      dashboard.results.put(...scores);
    }
    await dashboard.poll();
    return part.length + 1;
  };
}

async function measure(page: Page, dashboard: TestDashboard, rate: number, minutes: number): Promise<Sample[]> {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable');
  const next = feed(dashboard, rate);
  const samples: Sample[] = [];
  console.log('    time   heap MB   DOM nodes   listeners   busy');
  const end = WARM_UP_S + minutes * 60;
  for (let second = 1, due = Date.now(); second <= end; second += 1) {
    await next();
    due += SECOND;
    await sleep(Math.max(0, due - Date.now()));
    if (second % SAMPLE_EVERY_S !== 0) continue;
    const sample = await take(session, second);
    const busy = (sample.busy - (samples.at(-1)?.busy ?? 0)) / SAMPLE_EVERY_S;
    const cells = [
      `${second} s`.padStart(8),
      (sample.heap / 1e6).toFixed(2).padStart(9),
      String(sample.nodes).padStart(11),
      String(sample.listeners).padStart(11),
      `${(busy * 100).toFixed(0)} %`.padStart(6),
    ];
    console.log(cells.join(' ') + (second < WARM_UP_S ? '   (warming up)' : ''));
    samples.push(sample);
  }
  return samples.filter(({ second }) => second >= WARM_UP_S);
}

/** @returns whether memory stays within bounds, after printing the result */
function isMemoryStable(samples: readonly Sample[]): boolean {
  const [first, last] = [samples[0], samples.at(-1)];
  if (!first || !last || first === last)
    throw new Error('fewer than two measurements were taken after the warm-up: measure longer');
  const heap = last.heap - first.heap;
  const seconds = last.second - first.second;
  const busy = (last.busy - first.busy) / seconds;
  console.log(
    `Over ${seconds} s: heap ${(heap / 1e6).toFixed(2)} MB more (${(first.heap / 1e6).toFixed(2)} to ` +
      `${(last.heap / 1e6).toFixed(2)}), DOM nodes ${first.nodes} to ${last.nodes}, ` +
      `the page's thread busy ${(busy * 100).toFixed(0)} % of the time.`,
  );
  return heap <= MAX_HEAP_GROWTH && last.nodes <= first.nodes * MAX_NODE_GROWTH;
}

function positive(text: string): number {
  const value = Number(text);
  if (!(value > 0)) throw new InvalidArgumentError('It must be a number above 0.');
  return value;
}

async function bench({ rate, minutes }: { rate: number; minutes: number }): Promise<void> {
  const executable = findChromium();
  if (executable === undefined) {
    console.error(`The page cannot be measured: ${HOW_TO_GET_CHROMIUM}.`);
    process.exitCode = 2;
    return;
  }
  const dashboard = await startTestDashboard();
  const browser = await startChromium(executable);
  try {
    dashboard.results.put(...sampleTraffic(Date.now() - 5_000));
    await dashboard.catchUp();
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    await page.goto(dashboard.url);
    await page.locator('.incident').first().waitFor();
    console.log(`The page at ${rate} events/s for ${minutes} min, after ${WARM_UP_S} s to warm up`);
    const good = isMemoryStable(await measure(page, dashboard, rate, minutes));
    console.log(good ? 'It does not grow.' : 'IT GROWS.');
    if (!good) process.exitCode = 1;
  } finally {
    await browser.close();
    await dashboard.close();
  }
}

new Command('bench-page')
  .description("Measure the page's memory while results of this many events per second arrive.")
  .option('--rate <n>', 'events per second', positive, 1_000)
  .option('--minutes <n>', 'how long to measure', positive, 5)
  .addHelpText('after', '\nExit code 0: memory does not grow; 1: it grows; 2: Chromium is missing, or invalid usage.')
  .action(bench)
  .parseAsync()
  .catch((error: unknown) => {
    console.error(error);
    process.exitCode = 1;
  });
