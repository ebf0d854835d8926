import { RECORD_KINDS, RECORD_TYPES, toJsonSchema } from '../src';
import { clickCases, impressionCases } from '../test/cases/ad-event';
import type { Cases } from '../test/cases/case';
import { resultCases } from '../test/cases/results';

/** What to run when a generated file is out of date. */
export const GENERATE_COMMAND = '`npx nx run event-schemas:generate`';

/** @returns the JSON value of every generated file, by its path below the project's folder */
export function generatedFiles(): Map<string, unknown> {
  const files = new Map<string, unknown>();
  for (const kind of RECORD_KINDS) files.set(`schemas/${kind}.schema.json`, toJsonSchema(kind));
  const cases: [string, Cases][] = [
    ['impression', impressionCases()],
    ['click', clickCases()],
    ...RECORD_TYPES.map((type): [string, Cases] => [type, resultCases(type)]),
  ];
  for (const [kind, { valid, invalid }] of cases) {
    files.set(`fixtures/${kind}.valid.json`, valid);
    files.set(`fixtures/${kind}.invalid.json`, invalid);
  }
  return files;
}
