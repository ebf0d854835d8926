import { existsSync, mkdirSync, readFileSync, rmSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { asFormatted } from '@ad-analytics/command-line/as-formatted';
import type { PartResult } from './part-result';
import { PARTS } from './parts';
import { drawPlot } from './plot';
import { plotFile, renderReport } from './report';

/**
 * Writes the figures and pictures of a part, and the report of all parts that were measured into this folder, this one or others before.
 * @param folder made when it is missing
 * @param format of Markdown and JSON
 * @returns the report's file
 */
export async function writeReport(folder: string, measured: PartResult, format = asFormatted): Promise<string> {
  mkdirSync(folder, { recursive: true });
  for (const file of readdirSync(folder))
    if (file.startsWith(`${measured.part}-`) && file.endsWith('.svg')) rmSync(path.join(folder, file));
  const json = path.join(folder, `${measured.part}.json`);
  writeFileSync(json, await format(json, JSON.stringify(measured), 'json'));
  for (const plot of measured.plots) writeFileSync(path.join(folder, plotFile(measured, plot)), drawPlot(plot));
  const parts = PARTS.flatMap((part) => {
    const file = path.join(folder, `${part}.json`);
    return existsSync(file) ? [JSON.parse(readFileSync(file, 'utf8')) as PartResult] : [];
  });
  const report = path.join(folder, 'README.md');
  writeFileSync(report, await format(report, renderReport(parts), 'markdown'));
  return report;
}
