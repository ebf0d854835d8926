import type { Cases, Fields, InvalidCase } from './case';
import { invalid, without } from './case';
import { notAnObject } from './json-text';
import { PAYLOADS, type Payload } from './payloads';
import { IDENTIFIERS, TIMES } from './values';
import type { RecordType } from '../../src';

/** @returns the record around a payload */
function record(type: RecordType, { recordId, eventTime }: Payload, fields: Fields): Fields {
  const envelope = { record_type: type, record_id: recordId, schema_version: 1, event_time: eventTime };
  return { ...envelope, [type]: fields };
}

/** @returns fixtures of one type of result */
export function resultCases(type: RecordType): Cases {
  const payload = PAYLOADS[type];
  const base = record(type, payload, payload.fields);
  const withField = (name: string, field: string, value: unknown): InvalidCase =>
    invalid(`${type}.${field}: ${name}`, field, record(type, payload, { ...payload.fields, [field]: value }));
  const nullable = new Set(payload.nullable);
  const fields = Object.keys(payload.fields);
  return {
    valid: [
      { name: 'usual', event: base },
      ...payload.nullable.map((field) => ({
        name: `${field}: null`,
        event: record(type, payload, { ...payload.fields, [field]: null }),
      })),
      ...Object.entries(payload.valid).map(([name, changes]) => ({
        name,
        event: record(type, payload, { ...payload.fields, ...changes }),
      })),
      {
        name: 'unknown fields',
        event: { ...record(type, payload, { ...payload.fields, note: 'new' }), producer: { version: 2 } },
      },
    ],
    invalid: [
      ...notAnObject(base),
      ...Object.keys(base).map((field) => invalid(`${field}: absent`, field, without(base, field))),
      invalid('record_type: unknown', 'record_type', { ...base, record_type: 'conversion' }),
      invalid('record_id: of another type', 'record_id', { ...base, record_id: `other:${payload.recordId}` }),
      invalid('record_id: type only', 'record_id', { ...base, record_id: `${type}:` }),
      ...payload.wrongIds.map((id) => invalid(`record_id: ${id}`, 'record_id', { ...base, record_id: id })),
      ...[0, 2, '1', null].map((version) =>
        invalid(`schema_version: ${JSON.stringify(version)}`, 'schema_version', { ...base, schema_version: version }),
      ),
      ...Object.entries(TIMES.invalid).map(([name, value]) =>
        invalid(`event_time: ${name}`, 'event_time', { ...base, event_time: value }),
      ),
      invalid(`${type}: null`, type, { ...base, [type]: null }),
      invalid(`${type}: array`, type, { ...base, [type]: [payload.fields] }),
      invalid(`${type}: JSON inside a string`, type, { ...base, [type]: JSON.stringify(payload.fields) }),
      ...fields.map((field) =>
        invalid(`${type}.${field}: absent`, field, record(type, payload, without(payload.fields, field))),
      ),
      ...fields.filter((field) => !nullable.has(field)).map((field) => withField('null', field, null)),
      ...fields.map((field) => withField('of a wrong type', field, { value: payload.fields[field] })),
      ...fields
        .filter((field) => typeof payload.fields[field] === 'number')
        .flatMap((field) => [
          withField('number inside a string', field, String(payload.fields[field])),
          ...(field === 'observed' || field === 'threshold' ? [] : [withField('negative', field, -1)]),
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
      ...Object.entries(payload.invalid).flatMap(([field, values]) =>
        values.map((value) => withField(JSON.stringify(value).slice(0, 60), field, value)),
      ),
    ],
  };
}
