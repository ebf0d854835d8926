import Ajv2020 from 'ajv/dist/2020';
import type { ValidateFunction } from 'ajv';
import { recordSchemas, toJsonSchema, type RecordKind } from '../src';

// Strict but for unions of a type with null, which is what the schemas say "absent or null" with.
const ajv = new Ajv2020({ strict: true, allowUnionTypes: true, allErrors: true });

const compiled = new Map<RecordKind, ValidateFunction>();

/** @returns whether an independent validator accepts the value by the kind's JSON Schema */
export function ajvAccepts(kind: RecordKind, value: unknown): boolean {
  const validate = compiled.get(kind) ?? ajv.compile(toJsonSchema(kind));
  compiled.set(kind, validate);
  return validate(value) as boolean;
}

/** What zod says of a value: the fields that it refuses, and whether only for a date that does not exist. */
export interface ZodResult {
  accepted: boolean;
  /** Every field that an issue names, at any depth; `record` for the value as a whole. */
  fields: string[];
  onlyUnrealDates: boolean;
}

/** @returns the result of zod for the value */
export function zodResult(kind: RecordKind, value: unknown): ZodResult {
  const parsed = recordSchemas[kind].safeParse(value);
  const issues = parsed.success ? [] : parsed.error.issues;
  return {
    accepted: parsed.success,
    fields: issues.flatMap(({ path }) => (path.length === 0 ? ['record'] : path.map(String))),
    onlyUnrealDates: issues.length > 0 && issues.every(({ message }) => message === 'must name a date that exists'),
  };
}
