import fc from 'fast-check';
import { RECORD_KINDS, RECORD_TYPES, resultRecordSchema, type RecordKind } from '../src';
import { clickCases, impressionCases } from './cases/ad-event';
import type { Fields } from './cases/case';
import { resultCases } from './cases/results';
import { ADDRESSES, COSTS, COUNTRIES, IDENTIFIERS, TIMES, TIMES_BEYOND_LIMITS, WHOLE_NUMBERS } from './cases/values';
import { ajvAccepts, zodResult } from './validators';

/** Absent from the record, as opposed to null. */
const ABSENT = Symbol('absent');

const listed = [IDENTIFIERS, TIMES, COUNTRIES, ADDRESSES, WHOLE_NUMBERS, COSTS].flatMap(({ valid, invalid }) => [
  ...Object.values<unknown>(valid),
  ...Object.values<unknown>(invalid),
  ...Object.values(TIMES_BEYOND_LIMITS),
]);

/** Values of any kind, weighted to those near what some field takes. */
const anyValue = fc.oneof(
  fc.constantFrom(...listed),
  fc.string({ unit: 'binary', minLength: 100, maxLength: 140 }),
  fc.string({ unit: 'binary', maxLength: 3 }),
  fc.constantFrom(ABSENT, null, [], {}, 1, 'mobile', 'campaign', 'unknown'),
  fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
  fc.double(),
  fc.integer(),
  fc.jsonValue(),
);

const changes = fc.array(fc.tuple(fc.nat(), anyValue), { minLength: 0, maxLength: 3 });

/** @returns the record with some of its fields, at any depth, replaced or taken away; as it would come out of JSON */
function changed(record: Fields, list: [number, unknown][]): unknown {
  const copy = structuredClone(record) as Record<string, unknown>;
  for (const [at, value] of list) {
    const owners = [copy, ...Object.values(copy).filter((part) => typeof part === 'object' && part !== null)];
    const places = owners.flatMap((owner) => Object.keys(owner as object).map((field) => ({ owner, field })));
    const place = places[at % places.length];
    if (place === undefined) continue;
    if (value === ABSENT) delete (place.owner as Record<string, unknown>)[place.field];
    else (place.owner as Record<string, unknown>)[place.field] = value;
  }
  return JSON.parse(JSON.stringify(copy));
}

/** @returns valid records of a kind to start from */
function validRecords(kind: RecordKind): Fields[] {
  if (kind === 'impression') return impressionCases().valid.map(({ event }) => event);
  if (kind === 'click') return clickCases().valid.map(({ event }) => event);
  return resultCases(kind).valid.map(({ event }) => event);
}

describe.each(RECORD_KINDS)('zod and the JSON Schema of %s', (kind) => {
  it('accept the same records, dates that do not exist apart', () => {
    const seen = { accepted: 0, refused: 0 };
    fc.assert(
      fc.property(fc.constantFrom(...validRecords(kind)), changes, (record, list) => {
        const value = changed(record, list);
        const { accepted, onlyUnrealDates } = zodResult(kind, value);
        expect(ajvAccepts(kind, value)).toBe(accepted || onlyUnrealDates);
        seen[accepted ? 'accepted' : 'refused']++;
      }),
      { numRuns: 1000 },
    );
    // Inputs of one sort only would prove nothing.
    expect(Math.min(seen.accepted, seen.refused)).toBeGreaterThan(100);
  });

  it('refuse whatever is not an object', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.array(fc.jsonValue()), fc.string(), fc.double(), fc.boolean(), fc.constant(null)),
        (value) => {
          expect(zodResult(kind, value).accepted).toBe(false);
          expect(ajvAccepts(kind, value)).toBe(false);
        },
      ),
    );
  });
});

describe('resultRecordSchema', () => {
  it.each(RECORD_TYPES)('takes a %s and gives it back', (type) => {
    const [usual] = resultCases(type).valid;
    expect(resultRecordSchema.parse(usual?.event)).toEqual(usual?.event);
  });

  it('ignores unknown fields', () => {
    const cases = resultCases('late_event').valid;
    const event = (name: string) => cases.find((each) => each.name === name)?.event;
    expect(resultRecordSchema.parse(event('unknown fields'))).toEqual(event('usual'));
  });

  it('names record_type when it is unknown', () => {
    const parsed = resultRecordSchema.safeParse({ record_type: 'conversion' });
    expect(parsed.error?.issues.map(({ path }) => path)).toEqual([['record_type']]);
  });
});
