import type { Command } from 'commander';
import { pipelineCommandWith } from '@ad-analytics/pipeline/pipeline-command';

/**
 * `pipeline`, with the report page that the dashboard makes.
 * @param interrupted aborts the command
 */
export function pipelineCommand(interrupted: AbortSignal): Command {
  return pipelineCommandWith(async (input) => {
    const { writeReport } = await import('@ad-analytics/report/write-report');
    await writeReport(input);
  }, interrupted);
}
