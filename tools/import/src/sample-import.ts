import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { clickSchema, impressionSchema } from '@ad-analytics/event-schemas';
import type { ImportSummary } from './import-summary';
import { type Mapping, loadMapping, parseMapping } from './mapping-file';
import { runImport } from './run-import';
import { OUTPUT_FILES } from './write-events';

type Row = Record<string, unknown>;

export interface SampleImport {
  readonly summary: ImportSummary;
  readonly impressions: Row[];
  readonly clicks: Row[];
  readonly notImported: Row[];
}

export interface SampleOptions {
  /** Name of a ready mapping, or SQL. */
  readonly mapping: string;
  /** What to import, by file name. */
  readonly files: Readonly<Record<string, string | Buffer>>;
  readonly timeZone?: string;
}

const withoutNulls = (row: Row) => Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null));

/**
 * Imports small files, and validates every event against the contract.
 * @returns what the import wrote; fields that are null are left out
 */
export async function sampleImport({ mapping, files, timeZone = 'UTC' }: SampleOptions): Promise<SampleImport> {
  const folder = mkdtempSync(path.join(os.tmpdir(), "an import's "));
  try {
    const paths = Object.entries(files).map(([name, content]) => {
      writeFileSync(path.join(folder, name), content);
      return path.join(folder, name);
    });
    const out = path.join(folder, 'out');
    const used: Mapping = /\s/.test(mapping) ? parseMapping('sample.sql', mapping) : loadMapping(mapping);
    const summary = await runImport(paths, { mapping: used, out, memoryMegabytes: 500, timeZone });
    const rows = (file: string) =>
      readFileSync(path.join(out, file), 'utf8')
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line) as Row);
    return {
      summary,
      impressions: rows(OUTPUT_FILES.impression).map((row) => withoutNulls(impressionSchema.parse(row))),
      clicks: rows(OUTPUT_FILES.click).map((row) => withoutNulls(clickSchema.parse(row))),
      notImported: rows(OUTPUT_FILES.notImported).map(withoutNulls),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** @returns a table as text, from rows of values */
export function table(rows: readonly (readonly (string | number)[])[], delimiter: string): string {
  return rows.map((row) => `${row.join(delimiter)}\n`).join('');
}
