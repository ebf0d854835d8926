import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { loadMapping } from '@ad-analytics/import/mapping-file';
import { runImport } from '@ad-analytics/import/run-import';
import { OUTPUT_FILES } from '@ad-analytics/import/write-events';
import { createOwnStreams } from '@ad-analytics/local-stack/own-streams';
import type { LocalStack } from '@ad-analytics/local-stack/stack';
import { leftOutLines } from '@ad-analytics/pipeline/left-out';
import { runRecorded } from '@ad-analytics/pipeline/run-recorded';
import { summarize } from '@ad-analytics/pipeline/run-summary';
import { writeReport } from '@ad-analytics/report/write-report';
import type { CheckList } from '@ad-analytics/command-line/check-list';
import { type OwnLog, ownLogs } from './own-logs';

const MEMORY_MEGABYTES = 1_000;

/** @returns files and mapping of a log, written as a user has them */
function writeLog(log: OwnLog, folder: string): { paths: string[]; mapping: string } {
  mkdirSync(folder, { recursive: true });
  const write = (name: string, content: string | Buffer) => {
    writeFileSync(path.join(folder, name), content);
    return path.join(folder, name);
  };
  const paths = Object.entries(log.files).map(([name, content]) => write(name, content));
  return { paths, mapping: /\s/.test(log.mapping) ? write('mapping.sql', log.mapping) : log.mapping };
}

async function checkOwnLog(
  stack: LocalStack,
  log: OwnLog,
  number: number,
  shards: number,
  checks: CheckList,
  signal: AbortSignal,
) {
  const folder = path.join(stack.runFolder, `own-log-${number}`);
  const { paths, mapping } = writeLog(log, folder);
  const out = path.join(folder, 'imported');
  const options = { out, memoryMegabytes: MEMORY_MEGABYTES, timeZone: 'UTC', signal };
  const imported = await runImport(paths, { ...options, mapping: loadMapping(mapping) });
  const wanted = { impressions: log.impressions, clicks: log.clicks, notImported: 0 };
  const { impressions, clicks, notImported } = imported;
  checks.equal(`${log.name}: every row becomes its events`, { impressions, clicks, notImported }, wanted);

  const { settings, configFile } = await createOwnStreams(stack, `own-log-${number}`, {}, shards);
  const own = { ...stack, settings, configFile, submit: () => stack.submit(configFile) };
  const files = { impression: path.join(out, OUTPUT_FILES.impression), click: path.join(out, OUTPUT_FILES.click) };
  const results = path.join(folder, 'results.jsonl');
  const run = await runRecorded(own, { ...files, results }, { say: () => undefined, signal, order: 'by time' });
  checks.holds(`${log.name}: the books balance`, summarize(run).complete, summarize(run).lines.join('\n'));
  const left = ({ rejected, late, duplicates }: { rejected: number; late: number; duplicates: number }) =>
    rejected + late + duplicates;
  const { ledger } = run;
  checks.equal(`${log.name}: no row is missing`, [left(ledger.impression), left(ledger.click)], [0, 0]);
  checks.equal(`${log.name}: every click is attributed`, ledger.attributed, log.clicks);

  const report = path.join(folder, 'report.html');
  await writeReport({
    results,
    report,
    configFile,
    books: { ...ledger, leftOut: await leftOutLines(ledger, results, false) },
  });
  const page = readFileSync(report, 'utf8');
  // In the page's data the name stands as JSON has it.
  const named = page.includes(JSON.stringify(log.campaign).slice(1, -1));
  checks.holds(
    `${log.name}: the page is complete and names the campaign`,
    /^<!doctype html>[^]*<\/html>\s*$/i.test(page) && named,
    report,
  );
}

/**
 * Takes logs of several forms from the file to the page, as `import` and `pipeline --report` do.
 * @param stack without a job
 * @param shards of the input streams
 */
export async function checkOwnLogs(
  stack: LocalStack,
  shards: number,
  checks: CheckList,
  signal: AbortSignal,
): Promise<void> {
  for (const [index, log] of ownLogs().entries()) await checkOwnLog(stack, log, index + 1, shards, checks, signal);
}
