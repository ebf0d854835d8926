/** Writes the JSON Schema of the environment files, or says with --check that it is out of date. */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { format, resolveConfig } from 'prettier';
import { environmentJsonSchema } from '../src/environments/json-schema';
import { ENVIRONMENTS_FOLDER, SCHEMA_FILE } from '../src/environments/load-environment';

async function generate(check: boolean): Promise<void> {
  const file = path.join(ENVIRONMENTS_FOLDER, SCHEMA_FILE);
  const style = (await resolveConfig(file)) ?? {};
  const text = await format(JSON.stringify(environmentJsonSchema(), null, 2), { ...style, parser: 'json' });
  if (!check) {
    writeFileSync(file, text);
    return;
  }
  if (readFileSync(file, 'utf8') === text) return;
  console.error(`${SCHEMA_FILE} is out of date. Run \`npx nx run infra:generate\` and commit what it writes.`);
  process.exitCode = 1;
}

generate(process.argv.includes('--check')).catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
