/**
 * Generates the JSON Schema of the environment files and the SQL of the Redshift views. With --check, it names the files that are out of
 * date.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { format, resolveConfig } from 'prettier';
import { RECORD_TYPES } from '@ad-analytics/event-schemas';
import { environmentJsonSchema } from '../src/environments/json-schema';
import { ENVIRONMENTS_FOLDER, SCHEMA_FILE } from '../src/environments/load-environment';
import { deliveryView, resultView } from '../src/warehouse/result-views';
import { REDSHIFT_FOLDER } from '../src/warehouse/statements';

/** @returns the text of every generated file, by its path */
async function generatedFiles(): Promise<Map<string, string>> {
  const schemaFile = path.join(ENVIRONMENTS_FOLDER, SCHEMA_FILE);
  const style = (await resolveConfig(schemaFile)) ?? {};
  const schema = await format(JSON.stringify(environmentJsonSchema(), null, 2), { ...style, parser: 'json' });
  return new Map([
    [schemaFile, schema],
    ...RECORD_TYPES.flatMap((type): [string, string][] => [
      [path.join(REDSHIFT_FOLDER, 'deliveries', `${type}_delivery.sql`), deliveryView(type)],
      [path.join(REDSHIFT_FOLDER, 'views', `${type}.sql`), resultView(type)],
    ]),
  ]);
}

function textOf(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

async function generate(check: boolean): Promise<void> {
  const files = await generatedFiles();
  const stale = [...files].filter(([file, text]) => textOf(file) !== text);
  if (!check) {
    for (const [file, text] of stale) writeFileSync(file, text);
    return;
  }
  if (stale.length === 0) return;
  const names = stale.map(([file]) => path.basename(file)).join(', ');
  console.error(`Out of date: ${names}. Run \`npx nx run infra:generate\` and commit the changed files.`);
  process.exitCode = 1;
}

generate(process.argv.includes('--check')).catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
