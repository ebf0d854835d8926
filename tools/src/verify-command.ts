import type { Command } from 'commander';
import { verifyCommandWith } from '@ad-analytics/verify/verify-command';

/**
 * `verify`, with the report page that the dashboard makes.
 * @param interrupted aborts the command
 */
export function verifyCommand(interrupted: AbortSignal): Command {
  return verifyCommandWith(async (input) => {
    const { writeReport } = await import('@ad-analytics/report/write-report');
    await writeReport(input);
  }, interrupted);
}
