import { RECORD_TYPES, resultRecordSchema, type RecordType, type ResultOf } from '@ad-analytics/event-schemas';
import { readFileSync } from 'node:fs';
import path from 'node:path';

/**
 * @param type type of the results
 * @returns every valid result of the contract's fixtures
 */
export function fixtures<T extends RecordType>(type: T): ResultOf<T>[] {
  const file = path.join(__dirname, '../../event-schemas/fixtures', `${type}.valid.json`);
  const cases = JSON.parse(readFileSync(file, 'utf8')) as { event: unknown }[];
  return cases.map(({ event }) => resultRecordSchema.parse(event) as ResultOf<T>);
}

/** Every valid result of the contract's fixtures. */
export const ALL_FIXTURES = RECORD_TYPES.flatMap((type) => fixtures(type));
