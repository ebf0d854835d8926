import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { LocalStack } from '@ad-analytics/local-stack/stack';
import { collectResults } from '@ad-analytics/pipeline/collect-results';
import { writeReport } from '@ad-analytics/report/write-report';
import type { DemoOutcome } from './run-demo';

/**
 * Writes a page of the demo, and prints its path. If the page cannot be written, this is reported, but the demo does not fail.
 * @param stack whose job has ended
 * @param outcome of the demo
 * @param report the file to write
 */
export async function reportDemo(stack: LocalStack, outcome: DemoOutcome, report: string): Promise<void> {
  try {
    const results = path.join(stack.runFolder, 'results.jsonl');
    await mkdir(path.dirname(path.resolve(report)), { recursive: true });
    await collectResults(stack.kinesis, {
      stream: stack.settings.results.streamName,
      file: results,
      onProgress: () => {},
    });
    await writeReport({
      results,
      report,
      configFile: stack.configFile,
      books: { ...outcome.ledger, leftOut: [] },
      ...('ledger' in outcome.check ? { verdict: outcome.check.ledger } : {}),
    });
    console.log(`  Report: ${path.resolve(report)}`);
  } catch (error) {
    console.error(`  The report was not written: ${(error as Error).message}`);
  }
}
