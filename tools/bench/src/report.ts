import { code, table } from '@ad-analytics/command-line/markdown';
import type { PartResult, Plot } from './part-result';

/** @returns name of the file with a part's picture */
export const plotFile = (part: PartResult, plot: Plot) => `${part.part}-${plot.name}.svg`;

const INTRODUCTION = `# Benchmarks

This page is written by ${code('npx nx run tools:bench')} or by one of its parts; do not edit it. One call measures a part, and everything that
the part compares. A figure is valid for its machine, sizes and load: compare figures within a part, not between parts. With
several runs, a figure is their median, followed by the least and the greatest in parentheses. The JSON files in this folder
have the same figures for programs. [Goals](goals.md) compares them with what the job must reach. ${code('flink:bench-parser')} is
a [separate command](../../tools/bench/README.md) that prints its figures. [Effect of each change to the job](changes.md) compares
the job before and after its larger changes.`;

/** @param parts in the order of the report @returns the report as Markdown */
export function renderReport(parts: readonly PartResult[]): string {
  const contents = parts.map(({ part, title }) => `- [${title}](#${part})`).join('\n');
  return `${[INTRODUCTION, contents, ...parts.map(section)].join('\n\n')}\n`;
}

function section(part: PartResult): string {
  const { machine, load, settings } = part;
  const facts = [
    [
      'measured',
      `${part.measuredAt.slice(0, 16).replace('T', ' ')} UTC${part.commit === undefined ? '' : `, commit ${part.commit}`}`,
    ],
    ['by', code(part.command)],
    [
      'machine',
      `${machine.cpu}, ${machine.cores} cores, ${machine.memoryGiB} GiB, ${machine.system}, Node ${machine.node}, Java ${machine.java}`,
    ],
    ['load average', `${load.before.toFixed(1)} before, ${load.after.toFixed(1)} at the end`],
    ['what else ran', part.beside],
    ...Object.entries(settings).map(([name, value]) => [
      name,
      typeof value === 'number' ? value.toLocaleString('en-US') : value,
    ]),
  ];
  return [
    `<a id="${part.part}"></a>`,
    `## ${part.title}`,
    ...part.plots.map((plot) => `![${plot.title}](${plotFile(part, plot)})`),
    ...part.tables.flatMap(({ title, head, rows, text }) => [`### ${title}`, table(head, rows, text)]),
    ...(part.skipped.length === 0
      ? []
      : [['Not measured:', '', ...part.skipped.map(({ what, reason }) => `- ${what}: ${reason}`)].join('\n')]),
    part.notes.map((note) => `- ${note}`).join('\n'),
    '<details><summary>When, where and with what</summary>',
    table(['', 'value'], facts, ['value']),
    '</details>',
  ].join('\n\n');
}

/** @returns a part as lines for a terminal */
export function printPart(part: PartResult): string[] {
  const tables = part.tables.flatMap(({ title, head, rows }) => {
    const all = [head, ...rows];
    const widths = head.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
    const line = (row: readonly string[]) =>
      `  ${row.map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0))).join('  ')}`;
    return ['', title, ...all.map(line)];
  });
  return [part.title, ...tables, ...part.skipped.map(({ what, reason }) => `Not measured: ${what}: ${reason}`)];
}
