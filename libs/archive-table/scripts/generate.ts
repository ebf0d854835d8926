/** Generates the views of the archive from the wire contract. With --check, it names the views that are out of date. */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Command } from 'commander';
import { RECORD_TYPES } from '@ad-analytics/event-schemas';
import { VIEWS_FOLDER } from '../src/folders';
import { viewQuery } from '../src/view';

function textOf(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** @param check only compare, write nothing */
function generate({ check }: { check?: boolean }): void {
  const stale = RECORD_TYPES.filter((type) => {
    const file = path.join(VIEWS_FOLDER, `${type}.sql`);
    const text = viewQuery(type);
    if (textOf(file) === text) return false;
    if (!check) writeFileSync(file, text);
    return true;
  });
  if (check && stale.length > 0) {
    console.error(
      `Out of date: sql/views of ${stale.join(', ')}.\nRun \`npx nx run archive-table:generate\` and commit the changed files.`,
    );
    process.exitCode = 1;
    return;
  }
  console.log(
    check ? `${RECORD_TYPES.length} views are up to date.` : `${RECORD_TYPES.length} views, ${stale.length} changed.`,
  );
}

new Command('generate')
  .description('Write sql/views of libs/archive-table from the wire contract.')
  .option('--check', 'write nothing; exit code 1 when a file is out of date')
  .action(generate)
  .parse();
