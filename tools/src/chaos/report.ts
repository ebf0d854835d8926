import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { asFormatted } from '@ad-analytics/command-line/as-formatted';
import { code, table } from '@ad-analytics/command-line/markdown';
import { grouped } from '@ad-analytics/command-line/progress';
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
local stack, disturbed while traffic flows. At the end, [verify](../../tools/src/verify/README.md) computes all results from the input
streams and compares them with the stream of results and with the serving table. The
[command](../../tools/src/chaos/README.md) repeats a run by its scenario and seed. The JSON files in this folder have the same figures.`;

const texts = (counts: Counts) =>
  Object.entries(counts)
    .filter(([, count]) => count !== 0)
    .map(([name, count]) => `${grouped(count)} ${name}`);

const outcome = ({ expected, missing, extra, differing }: Sum) => [expected, missing, extra, differing].map(grouped);

/** Cells of the summary after scenario and seed. */
function figures(result: KeptResult): string[] {
  if (!isFinished(result)) return ['did not end', ...Array.from({ length: 11 }, () => '')];
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
  if (!isFinished(result)) return [`- the run did not reach its end: ${firstLine(result.problem)}`];
  const { injected, effects, requests, read, stream } = result;
  return [
    `- injected: ${texts(injected).join(', ') || 'no faults'}; ${grouped(requests)} requests came through the proxy`,
    `- effects: ${texts(effects).join(', ') || 'no restart and no failed invocation'}`,
    `- ${grouped(read)} records in the input streams, ${grouped(stream.repeated)} results delivered again`,
  ];
}

const firstLine = (text: string) => text.split('\n')[0] ?? '';

function whenAndWhere({ measuredAt, commit, machine }: KeptResult): string {
  const when = `${measuredAt.slice(0, 16).replace('T', ' ')} UTC${commit === undefined ? '' : `, commit ${commit}`}`;
  return `${when}; ${machine.cpu}, ${machine.cores} cores, ${machine.memoryGiB} GiB`;
}

/** @param results of all scenarios and seeds @returns the report as Markdown */
export function renderReport(results: readonly KeptResult[]): string {
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
    '## Runs',
    ...details,
  ].join('\n\n')}\n`;
}

/** @returns a result as lines for a terminal */
export function printResult(result: ScenarioResult | UnfinishedRun): string[] {
  if (!isFinished(result)) return [`${result.scenario}, seed ${result.seed}: did not reach its end`];
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

/**
 * Writes a result, and the report of all results in this folder.
 * @param folder made when it is missing
 * @param names of the scenarios, in their order
 * @param format of Markdown and JSON
 * @returns the report's file
 */
export async function writeReliabilityReport(
  folder: string,
  result: KeptResult,
  names: readonly string[],
  format = asFormatted,
): Promise<string> {
  mkdirSync(folder, { recursive: true });
  const file = path.join(folder, `${result.scenario}-${result.seed}.json`);
  writeFileSync(file, await format(file, JSON.stringify(result), 'json'));
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
  const report = path.join(folder, 'README.md');
  writeFileSync(report, await format(report, renderReport(all), 'markdown'));
  return report;
}
