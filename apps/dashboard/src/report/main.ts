import { findProjectRoot } from '@ad-analytics/local-stack-address';
import { loadPropertyGroups, pipelineSettings } from '@ad-analytics/pipeline-settings';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { writeReport } from './write-report';

/** Writes a report of a finished run; `pipeline`, `verify` and `demo` start it. */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      results: { type: 'string' },
      out: { type: 'string' },
      books: { type: 'string' },
      verdict: { type: 'string' },
      config: { type: 'string' },
    },
  });
  const { results, out, books, verdict } = values;
  if (results === undefined || out === undefined) throw new Error('Both --results and --out are required.');
  const root = findProjectRoot(import.meta.dirname);
  const config = values.config ?? path.join(root ?? '.', 'flink', 'kinesis-config.json');
  const page = path.join(import.meta.dirname, 'report');
  await writeReport({
    results,
    books: await fromJson(books),
    verdict: await fromJson(verdict),
    settings: pipelineSettings(loadPropertyGroups(config), config),
    page: {
      script: await readFile(path.join(page, 'report.js'), 'utf8'),
      style: await readFile(path.join(page, 'report.css'), 'utf8'),
    },
    write: (html) => writeFile(out, html),
  });
}

async function fromJson<T>(file: string | undefined): Promise<T | null> {
  return file === undefined ? null : (JSON.parse(await readFile(file, 'utf8')) as T);
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
