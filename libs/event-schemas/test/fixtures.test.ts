import { readFileSync } from 'node:fs';
import path from 'node:path';
import { RECORD_KINDS, type RecordKind } from '../src';
import type { InvalidCase, ValidCase } from './cases/case';
import { ajvAccepts, zodJudges } from './validators';

/** @returns a committed fixture file */
function fixtures<T>(kind: RecordKind, sort: 'valid' | 'invalid'): T[] {
  return JSON.parse(readFileSync(path.join(__dirname, '..', 'fixtures', `${kind}.${sort}.json`), 'utf8')) as T[];
}

/** @returns the JSON value of a record's bytes, which must be UTF-8, or undefined where there is none */
function jsonOf(fixture: InvalidCase): { value: unknown } | undefined {
  try {
    if ('raw' in fixture) return { value: JSON.parse(fixture.raw) };
    const text = new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(fixture.raw_base64, 'base64'));
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
}

describe.each(RECORD_KINDS)('fixtures of %s', (kind) => {
  const valid = fixtures<ValidCase>(kind, 'valid');
  const invalid = fixtures<InvalidCase>(kind, 'invalid');

  it('have names of their own', () => {
    for (const cases of [valid, invalid]) {
      const names = cases.map(({ name }) => name);
      expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
    }
  });

  it.each(valid)('valid: $name', ({ event }) => {
    expect(zodJudges(kind, event)).toEqual({ accepted: true, fields: [], onlyUnrealDates: false });
    expect(ajvAccepts(kind, event)).toBe(true);
  });

  it.each(invalid)('invalid: $name', (fixture) => {
    const json = jsonOf(fixture);
    expect(json === undefined).toBe(fixture.field === 'JSON');
    if (json === undefined) return;
    const judgement = zodJudges(kind, json.value);
    expect(judgement.accepted).toBe(false);
    expect(judgement.fields).toContain(fixture.field);
    // The one thing that a JSON Schema cannot say.
    expect(ajvAccepts(kind, json.value)).toBe(judgement.onlyUnrealDates);
  });
});
