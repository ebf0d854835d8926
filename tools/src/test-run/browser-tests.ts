import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { z } from 'zod';
import { ROOT, npmProgram } from '@ad-analytics/setup/layout.cjs';
import { runProgram } from '@ad-analytics/command-line/run-program';
import type { SummaryRow } from './summary-table';
import type { TestTotals } from './test-totals';

/** What jest writes with --json, as far as it is used here. */
const reportSchema = z.object({
  numPassedTests: z.int(),
  numFailedTests: z.int(),
  numPendingTests: z.int(),
  numTodoTests: z.int(),
});

/**
 * @param report content of jest's report
 * @param succeeded whether jest ended well: it does not when a file of tests cannot even be loaded
 */
export function reportTotals(report: unknown, succeeded: boolean): TestTotals {
  const { numPassedTests: passed, numFailedTests, numPendingTests, numTodoTests } = reportSchema.parse(report);
  const failed = succeeded ? numFailedTests : Math.max(1, numFailedTests);
  return { passed, failed, skipped: numPendingTests + numTodoTests };
}

/**
 * Runs the tests of the dashboard's page in a browser, on results in memory; they skip without Chromium. Apart from the
 * other tests, as a browser wants a machine for itself.
 * @param interrupted ends it
 */
export async function checkInBrowser(interrupted: AbortSignal): Promise<SummaryRow> {
  const started = Date.now();
  const folder = mkdtempSync(path.join(os.tmpdir(), 'browser-tests-'));
  const reportFile = path.join(folder, 'report.json');
  const config = path.join(ROOT, 'apps', 'dashboard', 'jest.e2e.config.cjs');
  try {
    const args = [npmProgram('jest'), '-c', config, '--json', '--outputFile', reportFile];
    const { code } = await runProgram(process.execPath, args, { cwd: ROOT, env: process.env, interrupted });
    const totals = reportTotals(JSON.parse(readFileSync(reportFile, 'utf8')), code === 0);
    return { name: 'dashboard:e2e', totals, ms: Date.now() - started, fromCache: false };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
