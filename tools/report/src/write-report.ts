import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { withBuiltDashboard } from './build-dashboard';
import { CommandError } from '@ad-analytics/command-line/errors';
import type { Ledger } from '@ad-analytics/result-records/ledger';
import type { Ledger as VerifyLedger } from '@ad-analytics/verify/ledger';
import { printLedger } from '@ad-analytics/verify/print-ledger';

const run = promisify(execFile);

/** The input of a report. */
export interface ReportInput {
  /** Results of the run, JSONL. */
  readonly results: string;
  /** The page to write. */
  readonly report: string;
  /** Settings of the job that made the results. */
  readonly configFile: string;
  /** The ledger, and the explanation of records that were left out, if known. */
  readonly books?: Ledger & { readonly leftOut: readonly string[] };
  /** The outcome of an independent check of the results, if there was one. */
  readonly verdict?: VerifyLedger;
}

/**
 * Writes the page of a finished run with the dashboard, which is first built from its sources, in a second or two. @throws CommandError
 * when the page cannot be written; the results are already written
 */
export async function writeReport({ results, report, configFile, books, verdict }: ReportInput): Promise<void> {
  try {
    await withBuiltDashboard(async (folder) => {
      const files = ['--results', results, '--out', report, '--config', configFile];
      for (const [name, content] of Object.entries({ books, verdict: verdict && verdictOf(verdict) })) {
        if (content === undefined) continue;
        const file = path.join(folder, `${name}.json`);
        await writeFile(file, JSON.stringify(content));
        files.push(`--${name}`, file);
      }
      await run(process.execPath, [path.join(folder, 'report.mjs'), ...files]);
    });
  } catch (error) {
    const { stderr, message } = error as Error & { stderr?: string };
    throw new CommandError(`The report ${report} could not be written: ${stderr?.trim() || message}`, 1);
  }
}

/** @returns the page's content about a check: one line per record type, and the complete ledger as text */
function verdictOf(ledger: VerifyLedger): { agrees: boolean; types: object[]; lines: string[] } {
  const types = ledger.types.map(({ recordType, expected, found, missing, extra, differing }) => ({
    ...{ recordType, expected, found, missing, extra, differing },
  }));
  return { agrees: ledger.agrees, types, lines: printLedger(ledger).filter((line) => line !== '') };
}
