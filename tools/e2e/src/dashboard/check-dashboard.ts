import { setTimeout as sleep } from 'node:timers/promises';
import type { ResultRecord } from '@ad-analytics/event-schemas';
import { HOW_TO_GET_CHROMIUM, findChromium, pageProblems, startChromium } from '@ad-analytics/chromium';
import { DEFAULT_TABLE_NAME, ServingTable, createServingClient, tableReader } from '@ad-analytics/serving-table';
import type { Browser } from 'playwright-core';
import { renderTableCheck, tableAgrees } from '@ad-analytics/demo/check-results';
import { DEMO_SETTINGS } from '@ad-analytics/demo/demo-settings';
import { checkTable } from '@ad-analytics/demo/demo-table';
import { generatorSpec } from '@ad-analytics/demo/generator';
import { runDemo } from '@ad-analytics/demo/run-demo';
import { type LocalStack, withLocalStack } from '@ad-analytics/local-stack/stack';
import { type StackFlags, stackOptions } from '@ad-analytics/local-stack/stack-options';
import type { CheckList } from '@ad-analytics/command-line/check-list';
import { checkCredentials } from '../isolation/check-isolation';
import { sendHostileTraffic } from './hostile-traffic';
import { checkDeath, checkFigures, checkLive } from './page-checks';
import { takePictures } from './pictures';
import { type TableFigures, tableFigures } from './table-figures';
import { corruptTable } from './corrupt-table';

/** Long enough for the first windows to be final and for attacks to be detected. */
const SECONDS = 85;
/** With pictures, the run is longer: the charts need more than a few points, and the pictures must be taken while the traffic runs. */
const SECONDS_WITH_PICTURES = 200;
const PICTURES_AFTER_MS = 140_000;
const TRAFFIC = { rate: 150, ctr: 0.05, seed: 11 };
const WINDOW = { width: 1440, height: 900 };

/** A promise together with its resolve and reject functions. */
function deferred<T>() {
  let resolve!: (value: T) => void;
  let reject!: (reason: unknown) => void;
  const promise = new Promise<T>((onResolve, onReject) => ([resolve, reject] = [onResolve, onReject]));
  return { promise, resolve, reject };
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

/** The check must fail on a corrupted table. */
async function checkCorruptedTable(
  stack: LocalStack,
  records: readonly ResultRecord[],
  checks: CheckList,
): Promise<void> {
  const clicks = records.filter((record) => record.record_type === 'attributed_click').slice(0, 3);
  await corruptTable(stack, clicks);
  const check = await checkTable(stack, records.length);
  const found =
    'skipped' in check ? undefined : check.ledger.types.find((type) => type.recordType === 'attributed_click');
  const { missing, extra, differing } = found ?? {};
  checks.equal(
    'a dropped, an altered and an extra record in the table are each found',
    { missing, extra, differing },
    { missing: 1, extra: 1, differing: 1 },
  );
  checks.equal('verify reports that the corrupted table is wrong', tableAgrees({ check, deadLetters: 0 }), false);
}

async function checkInBrowser(
  stack: LocalStack,
  browser: Browser,
  run: { readonly checks: CheckList; readonly interrupted: AbortSignal; readonly pictures: string | undefined },
): Promise<void> {
  const { checks, interrupted, pictures } = run;
  const page = await browser.newPage({ viewport: WINDOW });
  const problems = pageProblems(page);
  const over = new AbortController();
  const opened = deferred<string>();
  const say = (line: string) => console.error(`. ${line}`);
  const demo = runDemo(
    stack,
    {
      generator: generatorSpec(stack, TRAFFIC),
      seconds: pictures === undefined ? SECONDS : SECONDS_WITH_PICTURES,
      table: true,
      dashboard: { port: 0, onAddress: opened.resolve },
      output: { write: () => true },
      say,
    },
    interrupted,
  );
  const live = opened.promise.then(async (url) => {
    await page.goto(url);
    // Not while pictures are taken: a reader would think that it is an error.
    const hostile = pictures === undefined;
    const timely = pictures === undefined ? undefined : sleep(PICTURES_AFTER_MS, undefined, { signal: over.signal });
    timely?.catch(() => {});
    const seen = new AbortController();
    await Promise.all([
      hostile ? sendHostileTraffic(stack, AbortSignal.any([over.signal, seen.signal])) : undefined,
      checkLive(page, checks, hostile).finally(() => seen.abort()),
    ]);
    await timely;
    if (pictures !== undefined) await takePictures(page, pictures);
  });
  try {
    const [outcome] = await Promise.all([demo, live]);
    const { table } = outcome;
    checks.holds(
      'at the end the table holds exactly the results that verify expects',
      table !== undefined && tableAgrees(table) && !('skipped' in table.check),
      table === undefined ? '' : renderTableCheck(table).join('\n'),
    );
    const { figures, records } = await inTable(stack);
    console.log(`      ${records.length} results in the table, ${figures.alerts} fraud alerts among them`);
    await checkFigures(page, figures, checks);
    await checkDeath(page, outcome.dashboard, figures, checks);
    checks.equal('no script failed, no dialog opened, and the policy refused nothing', problems, []);
    await checkCorruptedTable(stack, records, checks);
  } finally {
    over.abort();
  }
}

/**
 * The demo's page in a real Chromium, on the real local stack: Kinesis, Flink, the bundled sink, the serving table.
 * @param flags of the stack
 * @param checks takes every check
 * @param interrupted ends it
 * @param options `pictures`: folder for pictures of the page, the traffic then runs longer; `secrets`: texts of the user's AWS settings
 */
export async function checkDashboard(
  flags: StackFlags,
  checks: CheckList,
  interrupted: AbortSignal,
  { pictures, secrets }: { readonly pictures: string | undefined; readonly secrets: readonly string[] },
): Promise<void> {
  const chromium = findChromium();
  if (chromium === undefined) {
    checks.skip('the page shows the contents of the table', HOW_TO_GET_CHROMIUM);
    return;
  }
  const onProgress = (line: string) => console.error(`. ${line}`);
  const rest = { restart: 'none', onProgress, logCredentials: true } as const;
  const options = stackOptions('e2e-dashboard', flags, rest, DEMO_SETTINGS);
  const browser = await startChromium(chromium);
  try {
    await withLocalStack(options, interrupted, async (stack) => {
      await checkInBrowser(stack, browser, { checks, interrupted, pictures });
      checkCredentials(stack.runFolder, secrets, checks);
    });
  } finally {
    await browser.close();
  }
}
