import { readFileSync } from 'node:fs';
import path from 'node:path';
import { RECORD_KINDS, readRecord, recordSchemas, type RecordKind } from '../src';
import type { InvalidCase, ValidCase } from './cases/case';
import { ajvAccepts, zodResult } from './validators';

/** @returns a committed fixture file */
function fixtures<T>(kind: RecordKind, sort: 'valid' | 'invalid'): T[] {
  return JSON.parse(readFileSync(path.join(__dirname, '..', 'fixtures', `${kind}.${sort}.json`), 'utf8')) as T[];
}

/** @returns the bytes of a fixture's record */
function bytesOf(fixture: InvalidCase | ValidCase): Buffer {
  if ('raw' in fixture && fixture.raw !== undefined) return Buffer.from(fixture.raw);
  if ('raw_base64' in fixture && fixture.raw_base64 !== undefined) return Buffer.from(fixture.raw_base64, 'base64');
  return Buffer.from(JSON.stringify((fixture as ValidCase).event));
}

describe.each(RECORD_KINDS)('fixtures of %s', (kind) => {
  const valid = fixtures<ValidCase>(kind, 'valid');
  const invalid = fixtures<InvalidCase>(kind, 'invalid');

  it('have separate names', () => {
    for (const cases of [valid, invalid]) {
      const names = cases.map(({ name }) => name);
      expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
    }
  });

  it.each(valid)('valid: $name', (fixture) => {
    const { event } = fixture;
    const read = readRecord(bytesOf(fixture));
    if (!('value' in read)) throw new Error(`refused: ${read.problem}`);
    // JSON tells 0 from -0, the contract does not.
    expect(JSON.stringify(recordSchemas[kind].parse(read.value))).toBe(
      JSON.stringify(recordSchemas[kind].parse(event)),
    );
    expect(ajvAccepts(kind, read.value)).toBe(true);
    expect(zodResult(kind, event)).toEqual({ accepted: true, fields: [], onlyUnrealDates: false });
    expect(ajvAccepts(kind, event)).toBe(true);
  });

  it.each(invalid)('invalid: $name', (fixture) => {
    const read = readRecord(bytesOf(fixture));
    if (!('value' in read)) {
      expect(read.problem).toBe(fixture.field);
      return;
    }
    expect(fixture.field).not.toBe('JSON');
    const result = zodResult(kind, read.value);
    expect(result.accepted).toBe(false);
    expect(result.fields).toContain(fixture.field);
    // The one thing that a JSON Schema cannot say.
    expect(ajvAccepts(kind, read.value)).toBe(result.onlyUnrealDates);
  });
});
