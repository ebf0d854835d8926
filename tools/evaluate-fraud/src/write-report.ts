import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { format, resolveConfig } from 'prettier';
import type { EvaluationResult } from './evaluate';
import { plot } from './plot';
import { report } from './report';
import { writtenChanges } from './report-changes';

const NAME = 'fraud-evaluation';

/**
 * Writes the report and its picture. It keeps the handwritten section about changes of an existing report.
 * @param folder to write to
 * @param engine that applied the rules
 * @returns the files
 */
export async function writeReport(folder: string, result: EvaluationResult, engine: string): Promise<string[]> {
  const [markdown, picture] = [path.join(folder, `${NAME}.md`), path.join(folder, `${NAME}.svg`)];
  const changes = writtenChanges(existsSync(markdown) ? readFileSync(markdown, 'utf8') : '');
  const text = report(result, { engine, plot: path.basename(picture), changes });
  // Formatted like the rest of the repository, so that the format check passes.
  writeFileSync(markdown, await format(text, { ...(await resolveConfig(markdown)), parser: 'markdown' }));
  writeFileSync(picture, plot(result.judging));
  return [markdown, picture];
}
