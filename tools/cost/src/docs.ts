import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { table } from '@ad-analytics/command-line/markdown';
import { figure } from './figures';
import type { MeasuredTraffic } from './measured-traffic';
import type { CostReport } from './report';
import { assumptionTable, priceTable, trafficTable } from './basis-tables';
import { savingsTable, lines, modes, sideBySideTable, summary, tableModes } from './bill-tables';
import { beyond, capacity, limitTable } from './limit-tables';
import type { Table } from './table';

/** Pages whose tables the calculator writes. */
export const PAGES = ['cost.md', 'cost-details.md', 'scaling.md'] as const;

/** A page with a placeholder for an unknown table. */
class PageError extends Error {
  override readonly name = 'PageError';
}

/** @returns the table as Markdown */
export function markdown({ head, rows, words }: Table): string {
  const cell = (text: string) => text.replaceAll('|', '\\|');
  return table(
    head.map(cell),
    rows.map((row) => row.map(cell)),
    words,
  );
}

/**
 * @param reports of the same environment, by increasing load
 * @param measured run from which they are scaled
 * @returns every table of the pages, by the name of its place
 */
export function generatedTables(reports: readonly CostReport[], measured: MeasuredTraffic): Record<string, string> {
  const [first] = reports;
  return {
    summary: markdown(summary(reports)),
    ...Object.fromEntries(
      reports.map((report) => [`lines at ${figure(report.load.eventsPerSecond)}`, markdown(lines(report))]),
    ),
    modes: markdown(modes(reports)),
    'table modes': markdown(tableModes(reports)),
    'side by side': markdown(sideBySideTable(reports)),
    savings: markdown(savingsTable(reports)),
    limits: markdown(limitTable(reports)),
    beyond: markdown(beyond(reports)),
    capacity: markdown(capacity(reports)),
    prices: markdown(priceTable()),
    traffic: `${measured.run}\n\n${markdown(trafficTable(measured))}`,
    assumptions: first === undefined ? '' : markdown(assumptionTable(first.assumptions)),
  };
}

const PLACE = /(<!-- begin (.+?), by nx run tools:cost -->)[\s\S]*?(<!-- end -->)/g;

/**
 * @param page Markdown with placeholders `<!-- begin NAME, by nx run tools:cost -->` to `<!-- end -->`
 * @param tables by name
 * @returns the page with all tables
 * @throws {PageError} with the name of an unknown table
 */
export function fill(page: string, tables: Readonly<Record<string, string>>): string {
  return page.replace(PLACE, (_, begin: string, name: string, end: string) => {
    const text = tables[name];
    if (text === undefined) throw new PageError(`Unknown table: "${name}". Known: ${Object.keys(tables).join(', ')}.`);
    return `${begin}\n\n${text}\n\n${end}`;
  });
}

/** Writes the tables into the pages of a folder. @returns the files */
export async function writePages(folder: string, tables: Readonly<Record<string, string>>): Promise<string[]> {
  const { format, resolveConfig } = await import('prettier');
  const files = PAGES.map((name) => path.join(folder, name));
  for (const file of files) {
    const text = fill(readFileSync(file, 'utf8'), tables);
    writeFileSync(file, await format(text, { ...(await resolveConfig(file)), parser: 'markdown' }));
  }
  return files;
}
