import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { asFormatted } from '@ad-analytics/command-line/as-formatted';
import { code, table } from '@ad-analytics/command-line/markdown';
import { grouped } from '@ad-analytics/command-line/progress';
import { resultFile } from './planned-run';
import type { Counts } from './scenario';
import {
  type KeptResult,
  type ScenarioResult,
  type Sum,
  type UnfinishedRun,
  isFinished,
  isRight,
} from './scenario-result';

const INTRODUCTION = `# Reliability

This page is written by ${code('npx nx run tools:chaos')}; do not edit it. Each row is one run of the packaged job, a producer and the sink on the
local stack, disturbed while traffic flows. At the end, [verify](../../tools/verify/README.md) computes all results from the input
streams and compares them with the stream of results and with the serving table. The
[command](../../tools/job-checks/src/chaos/README.md) repeats a run by its scenario and seed. The JSON files in this folder have the same figures.`;

/** In a cell; the whole reason is below the table. */
const LONGEST_REASON = 80;

const texts = (counts: Counts) =>
  Object.entries(counts)
    .filter(([, count]) => count !== 0)
    .map(([name, count]) => `${grouped(count)} ${name}`);

const outcome = ({ expected, missing, extra, differing }: Sum) => [expected, missing, extra, differing].map(grouped);

/** Cells of the summary after scenario and seed. */
function figures(result: KeptResult): string[] {
  if (!isFinished(result)) return [shortened(reason(result)), ...Array.from({ length: 11 }, () => '')];
  return [
    isRight(result) ? 'right' : 'WRONG',
    grouped(result.sent),
    grouped(result.lost),
    ...outcome(result.stream),
    ...outcome(result.table),
    result.secondsToRecover.toFixed(1),
  ];
}

function whatHappened(result: KeptResult): string[] {
  if (!isFinished(result)) return [`- ${reason(result)}`];
  const { injected, failedRequests = {}, effects, requests, read, stream } = result;
  const failed = texts(failedRequests);
  return [
    `- injected: ${texts(injected).join(', ') || 'no faults'}; ${grouped(requests)} requests came through the proxy`,
    ...(failed.length > 0 ? [`- failed requests: ${failed.join(', ')}`] : []),
    `- effects: ${texts(effects).join(', ') || 'no restart and no failed invocation'}`,
    `- ${grouped(read)} records in the input streams, ${grouped(stream.repeated)} results delivered again`,
  ];
}

const reason = ({ problem }: UnfinishedRun) => `failed: ${problem.split('\n')[0] ?? ''}`;
const shortened = (text: string) => (text.length > LONGEST_REASON ? `${text.slice(0, LONGEST_REASON)}…` : text);

function whenAndWhere({ measuredAt, commit, machine }: KeptResult): string {
  const when = `${measuredAt.slice(0, 16).replace('T', ' ')} UTC${commit === undefined ? '' : `, commit ${commit}`}`;
  return `${when}; ${machine.cpu}, ${machine.cores} cores, ${machine.memoryGiB} GiB`;
}

/**
 * @param results of all scenarios and seeds
 * @param found Markdown page about defects that were found and fixed, starting with its heading; undefined if none
 * @returns the report as Markdown
 */
export function renderReport(results: readonly KeptResult[], found?: string): string {
  const summary = results.map((result) => [code(result.scenario), String(result.seed), ...figures(result)]);
  const titles = new Map(results.map(({ scenario, title }) => [scenario, title]));
  const details = results.flatMap((result) => [
    `### ${result.scenario}, seed ${result.seed}`,
    [...whatHappened(result), `- ${whenAndWhere(result)}`].join('\n'),
  ]);
  return `${[
    INTRODUCTION,
    '## Scenarios',
    [...titles].map(([name, title]) => `- ${code(name)}: ${title}`).join('\n'),
    '## Results',
    'Stream and table: results that were expected, missing, extra, differing. Recovery: seconds from the end of the disturbance until all results were in stream and table.',
    table(
      [
        'scenario',
        'seed',
        'result',
        'sent',
        'lost',
        'stream',
        'missing',
        'extra',
        'differing',
        'table',
        'missing',
        'extra',
        'differing',
        'recovery, s',
      ],
      summary,
      ['result'],
    ),
    // One level below the title of the report.
    ...(found === undefined ? [] : [found.trim().replaceAll(/^#/gmu, '##')]),
    '## Runs',
    ...details,
  ].join('\n\n')}\n`;
}

/** @returns a result as lines for a terminal */
export function printResult(result: ScenarioResult | UnfinishedRun): string[] {
  if (!isFinished(result)) return [`${result.scenario}, seed ${result.seed}: ${reason(result)}`];
  const { scenario, seed, injected, effects, secondsToRecover, sent, lost, stream, table: inTable, requests } = result;
  const compared = ({ expected, missing, extra, differing }: Sum) =>
    `${grouped(expected)} expected, ${grouped(missing)} missing, ${grouped(extra)} extra, ${grouped(differing)} differing`;
  return [
    `${scenario}, seed ${seed}: ${isRight(result) ? 'right' : 'WRONG'}`,
    `  injected  ${texts(injected).join(', ') || 'no faults'}; ${grouped(requests)} requests`,
    `  effects   ${texts(effects).join(', ') || 'no restart and no failed invocation'}`,
    `  recovery  ${secondsToRecover.toFixed(1)} s`,
    `  records   ${grouped(sent)} sent, ${grouped(lost)} lost`,
    `  stream    ${compared(stream)}; ${grouped(stream.repeated)} delivered again`,
    `  table     ${compared(inTable)}`,
  ];
}

/** Hand-written page about defects that were found and fixed, next to the results. The report includes it. */
const FOUND = 'found-and-fixed.md';

/**
 * Writes a result, and the report of all results in this folder.
 * @param folder made when it is missing
 * @param names of the scenarios, in their order
 * @param format of Markdown and JSON
 * @returns the report's file
 */
export async function writeResult(
  folder: string,
  result: KeptResult,
  names: readonly string[],
  format = asFormatted,
): Promise<string> {
  mkdirSync(folder, { recursive: true });
  const file = resultFile(folder, result);
  writeFileSync(file, await format(file, JSON.stringify(result), 'json'));
  return writeReliabilityReport(folder, names, format);
}

/**
 * Writes the report of all results in a folder.
 * @param names of the scenarios, in their order
 * @param format of Markdown
 * @returns the report's file
 */
export async function writeReliabilityReport(
  folder: string,
  names: readonly string[],
  format = asFormatted,
): Promise<string> {
  const report = path.join(folder, 'README.md');
  writeFileSync(report, await format(report, reportOf(folder, names), 'markdown'));
  return report;
}

/** @param names of the scenarios, in their order @returns the report of all results in a folder, as Markdown that is not formatted */
export function reportOf(folder: string, names: readonly string[]): string {
  const place = ({ scenario }: KeptResult) => {
    const at = names.indexOf(scenario);
    return at === -1 ? names.length : at;
  };
  const all = readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .map((name) => JSON.parse(readFileSync(path.join(folder, name), 'utf8')) as KeptResult)
    .sort(
      (a, b) =>
        place(a) - place(b) ||
        (a.scenario < b.scenario ? -1 : 1) * Number(a.scenario !== b.scenario) ||
        a.seed - b.seed,
    );
  const found = path.join(folder, FOUND);
  return renderReport(all, existsSync(found) ? readFileSync(found, 'utf8') : undefined);
}
