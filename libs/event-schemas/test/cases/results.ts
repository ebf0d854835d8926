import type { Cases, Fields, InvalidCase } from './case';
import { invalid, without } from './case';
import { FURTHER_CASES } from './further-cases';
import { notAnObject } from './json-text';
import { IDENTIFIERS, TIMES } from './values';
import { exampleOf, nullableFields, payloadOf, type RecordType } from '../../src';

/** @returns whether a field takes a number below 0 */
const takesNegative = (type: RecordType, field: string) => {
  const schema = payloadOf(type).shape[field] as { safeParse(value: unknown): { success: boolean } };
  return schema.safeParse(-1).success;
};

/** @returns fixtures of one type of result */
export function resultCases(type: RecordType): Cases {
  const base: Fields = exampleOf(type);
  const payload = base[type] as Fields;
  const further = FURTHER_CASES[type] ?? {};
  const record = (fields: Fields): Fields => ({ ...base, [type]: fields });
  const withField = (name: string, field: string, value: unknown): InvalidCase =>
    invalid(`${type}.${field}: ${name}`, field, record({ ...payload, [field]: value }));
  const nullable = nullableFields(type);
  const fields = Object.keys(payload);
  return {
    valid: [
      { name: 'usual', event: base },
      ...nullable.map((field) => ({ name: `${field}: null`, event: record({ ...payload, [field]: null }) })),
      ...Object.entries(further.valid ?? {}).map(([name, changes]) => ({
        name,
        event: record({ ...payload, ...changes }),
      })),
      {
        name: 'unknown fields',
        event: { ...record({ ...payload, note: 'new' }), producer: { version: 2 } },
      },
    ],
    invalid: [
      ...notAnObject(base),
      ...Object.keys(base).map((field) => invalid(`${field}: absent`, field, without(base, field))),
      invalid('record_type: unknown', 'record_type', { ...base, record_type: 'conversion' }),
      invalid('record_id: of another type', 'record_id', { ...base, record_id: `other:${String(base['record_id'])}` }),
      invalid('record_id: type only', 'record_id', { ...base, record_id: `${type}:` }),
      ...(further.wrongIds ?? []).map((id) => invalid(`record_id: ${id}`, 'record_id', { ...base, record_id: id })),
      ...[0, 2, '1', null].map((version) =>
        invalid(`schema_version: ${JSON.stringify(version)}`, 'schema_version', { ...base, schema_version: version }),
      ),
      ...Object.entries(TIMES.invalid).map(([name, value]) =>
        invalid(`event_time: ${name}`, 'event_time', { ...base, event_time: value }),
      ),
      invalid(`${type}: null`, type, { ...base, [type]: null }),
      invalid(`${type}: array`, type, { ...base, [type]: [payload] }),
      invalid(`${type}: JSON inside a string`, type, { ...base, [type]: JSON.stringify(payload) }),
      ...fields.map((field) => invalid(`${type}.${field}: absent`, field, record(without(payload, field)))),
      ...fields.filter((field) => !nullable.includes(field)).map((field) => withField('null', field, null)),
      ...fields.map((field) => withField('of a wrong type', field, { value: payload[field] })),
      ...fields
        .filter((field) => typeof payload[field] === 'number')
        .flatMap((field) => [
          withField('number inside a string', field, String(payload[field])),
          ...(takesNegative(type, field) ? [] : [withField('negative', field, -1)]),
        ]),
      ...fields
        .filter((field) => field.endsWith('_id'))
        .flatMap((field) => [
          withField('empty', field, ''),
          withField('129 characters', field, IDENTIFIERS.invalid['129 characters']),
        ]),
      ...fields
        .filter((field) => /_(?:time|start|end)$/.test(field))
        .flatMap((field) => [
          withField('no milliseconds', field, TIMES.invalid['no milliseconds']),
          withField('30 February', field, TIMES.invalid['30 February']),
        ]),
      ...Object.entries(further.invalid ?? {}).flatMap(([field, values]) =>
        values.map((value) => withField(JSON.stringify(value).slice(0, 60), field, value)),
      ),
    ],
  };
}
