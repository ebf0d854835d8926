import { format, resolveConfig } from 'prettier';
import { RECORD_KINDS, toJsonSchema } from '../src';

/** What to run when a generated file is out of date. */
export const GENERATE_COMMAND = '`npx nx run event-schemas:generate`';

/** @returns every generated file: its path below the project's folder, and its text */
export async function generatedFiles(): Promise<Map<string, string>> {
  const options = (await resolveConfig(__filename)) ?? {};
  const files = new Map<string, string>();
  for (const kind of RECORD_KINDS) {
    const text = JSON.stringify(toJsonSchema(kind), null, 2);
    files.set(`schemas/${kind}.schema.json`, await format(text, { ...options, parser: 'json' }));
  }
  return files;
}
