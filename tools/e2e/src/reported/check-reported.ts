import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Source } from '@ad-analytics/event-schemas';
import { isBlank, recordLines } from '@ad-analytics/recorded-traffic';
import type { LocalStack } from '@ad-analytics/local-stack/stack';
import { runRecorded } from '@ad-analytics/pipeline/run-recorded';
import { summarize } from '@ad-analytics/pipeline/run-summary';
import { fileInput, fileResults } from '@ad-analytics/verify/file-input';
import { loadKnownBots } from '@ad-analytics/verify/known-bots';
import { printLedger } from '@ad-analytics/verify/print-ledger';
import { verifySettings } from '@ad-analytics/verify/settings';
import { parseResult } from '@ad-analytics/result-records/parse-result';
import type { CheckList } from '@ad-analytics/command-line/check-list';
import { type ReportedCase, fieldOf } from './reported-case';
import { reportedCases } from './reported-cases';

/** What the results say of the whole run, for each case by the identifiers in it. */
interface Outcome {
  readonly attributed: Map<string, readonly string[]>;
  readonly unattributed: string[];
  readonly rejected: { readonly record: string; readonly reason: string }[];
  readonly late: string[];
  readonly accused: Set<string>;
}

/** Puts the logs of all cases one after the other, as a user would who concatenates them: a byte-order mark, Windows line ends. */
function writeLogs(cases: readonly ReportedCase[], folder: string): Record<Source, string> {
  const write = (source: Source, lines: readonly string[]) => {
    const file = path.join(folder, `${source}s.jsonl`);
    writeFileSync(file, `\ufeff${lines.join('\n')}\n`);
    return file;
  };
  return {
    impression: write(
      'impression',
      cases.flatMap(({ impressions }) => impressions),
    ),
    click: write(
      'click',
      cases.flatMap(({ clicks }) => clicks),
    ),
  };
}

async function outcomeOf(results: string): Promise<Outcome> {
  const outcome: Outcome = { attributed: new Map(), unattributed: [], rejected: [], late: [], accused: new Set() };
  for await (const line of recordLines(results)) {
    const parsed = parseResult(line);
    if ('problem' in parsed)
      throw new Error(`${results} contains a line that does not fit the contract: ${parsed.problem}`);
    const { record } = parsed;
    if (record.record_type === 'attributed_click')
      outcome.attributed.set(record.attributed_click.click_id, record.attributed_click.invalid_reasons);
    if (record.record_type === 'unattributed_click') outcome.unattributed.push(record.unattributed_click.click_id);
    if (record.record_type === 'late_event') outcome.late.push(record.late_event.event_id);
    if (record.record_type === 'fraud_alert')
      outcome.accused.add(`${record.fraud_alert.rule}:${record.fraud_alert.actor_id}`);
    if (record.record_type === 'rejected_event') {
      const { raw, reason } = record.rejected_event;
      outcome.rejected.push({ record: Buffer.from(raw ?? '', 'base64').toString('utf8'), reason });
    }
  }
  return outcome;
}

const sorted = (object: Readonly<Record<string, unknown>>) =>
  Object.entries(object).sort(([a], [b]) => (a < b ? -1 : 1));

function checkCase(one: ReportedCase, outcome: Outcome, checks: CheckList): void {
  const own = (line: string) => line !== '' && (one.impressions.includes(line) || one.clicks.includes(line));
  const clicks = Object.keys(one.attributed);
  const attributed = Object.fromEntries(
    [...outcome.attributed].filter(([id]) => clicks.includes(id)).map(([id, reasons]) => [id, [...reasons]]),
  );
  checks.equal(
    `${one.name}: every click on one of its impressions is attributed`,
    sorted(attributed),
    sorted(one.attributed),
  );
  const rejected: Record<string, number> = {};
  for (const { record, reason } of outcome.rejected) {
    if (!own(record.replace(/^\ufeff/, ''))) continue;
    const field = fieldOf(reason);
    rejected[field] = (rejected[field] ?? 0) + 1;
  }
  checks.equal(
    `${one.name}: exactly the invalid records are rejected, and each reason names the field`,
    sorted(rejected),
    sorted(one.rejected),
  );
}

/** Checks that `verify` reads the files as `pipeline` does: blank lines, the order, spellings. */
async function checkFromFiles(
  stack: LocalStack,
  shards: number,
  files: Record<Source, string>,
  results: string,
  checks: CheckList,
  signal: AbortSignal,
): Promise<void> {
  // DuckDB is a native library: the other commands need not load it.
  const { verifyLedger } = await import('@ad-analytics/verify/verify-ledger');
  const input = (file: string) => fileInput([file], { shards, arrivalTime: Date.now(), byTime: true });
  const ledger = await verifyLedger(
    { impressions: input(files.impression), clicks: input(files.click) },
    fileResults([results]),
    verifySettings(stack.settings),
    { knownBots: loadKnownBots(), signal },
  );
  checks.holds('verify computes the same from the files', ledger.agrees, `\n${printLedger(ledger).join('\n')}`);
}

/**
 * Runs logs of the kinds that real systems were reported to fail on through the job, all in one run, and checks each outcome.
 * @param stack without a job, with REPORTED_SETTINGS
 * @param shards of its input streams
 */
export async function checkReported(
  stack: LocalStack,
  shards: number,
  checks: CheckList,
  signal: AbortSignal,
): Promise<void> {
  const folder = path.join(stack.runFolder, 'traffic');
  mkdirSync(folder, { recursive: true });
  const cases = reportedCases();
  const files = writeLogs(cases, folder);
  const results = path.join(folder, 'results.jsonl');
  const say = (line: string) => console.error(`. ${line}`);
  const run = await runRecorded(stack, { ...files, results }, { say, signal, order: 'by time' });
  const { lines, complete } = summarize(run);
  console.log(lines.join('\n'));
  checks.holds(
    'the books of the reported logs balance and every result fits the contract',
    complete,
    'see the summary above',
  );

  const outcome = await outcomeOf(results);
  for (const one of cases) checkCase(one, outcome, checks);
  checks.equal('in time order, no event is late', outcome.late, []);
  const orphans = cases.flatMap(({ unattributed }) => unattributed ?? []);
  checks.equal('the unattributed clicks are those on a rejected impression', outcome.unattributed, orphans);
  const wanted = cases.flatMap(({ attributed }) => Object.keys(attributed)).length;
  checks.equal('no other click is attributed', outcome.attributed.size, wanted);
  const rejected = cases.flatMap((one) => Object.values(one.rejected)).reduce((sum, count) => sum + count, 0);
  checks.equal('no other record is rejected', outcome.rejected.length, rejected);
  const accused = cases.flatMap((one) => one.accused ?? []);
  checks.equal('the rules accuse exactly the expected actors', [...outcome.accused].sort(), [...accused].sort());
  const read = (source: Source) => cases.flatMap((one) => (source === 'click' ? one.clicks : one.impressions));
  for (const source of ['impression', 'click'] as const) {
    const events = read(source).filter((line) => !isBlank(Buffer.from(line))).length;
    checks.equal(`blank lines among the ${source}s are left out`, run.ledger[source].read, events);
  }
  await checkFromFiles(stack, shards, files, results, checks, signal);
}
