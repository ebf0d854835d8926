import { z } from 'zod';
import { clickSchema } from './click';
import { impressionSchema } from './impression';
import { resultSchemas } from './result-record';

/** The schema of every kind of record that crosses a stream; its key names the kind's files. */
export const recordSchemas = { impression: impressionSchema, click: clickSchema, ...resultSchemas } as const;

export type RecordKind = keyof typeof recordSchemas;

export const RECORD_KINDS = Object.keys(recordSchemas) as readonly RecordKind[];

/** A JSON Schema, or a part of one. */
export type JsonSchema = { [keyword: string]: unknown };

/**
 * @param kind which record
 * @returns its JSON Schema (draft 2020-12) with `$id`, title and description. It accepts the same as the zod schema,
 *   except that it also accepts dates that do not exist, because a pattern cannot check the length of a month
 */
export function toJsonSchema(kind: RecordKind): JsonSchema {
  // `io: 'input'`: unknown fields are accepted, where the output of z.object has none.
  const { $schema, title, description, ...rest } = z.toJSONSchema(recordSchemas[kind], { io: 'input' });
  const $id = `urn:ad-analytics:event-schemas:${kind}`;
  return withoutNullAlternatives({ $schema, $id, title, description, ...rest }) as JsonSchema;
}

/**
 * Rewrites `anyOf: [{type: T, ...}, {type: 'null'}]` as `type: [T, 'null'], ...`: the same to a validator, because the
 * other keywords concern values of type T only, but cheaper for the job, and a wrong value gets one reason instead of
 * one for each alternative.
 */
function withoutNullAlternatives(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNullAlternatives);
  if (typeof value !== 'object' || value === null) return value;
  const { anyOf, ...rest } = value as JsonSchema;
  const schema = Object.fromEntries(Object.entries(rest).map(([key, part]) => [key, withoutNullAlternatives(part)]));
  if (anyOf === undefined) return schema;
  const [main, alternative, ...others] = anyOf as JsonSchema[];
  if (typeof main?.['type'] !== 'string' || alternative?.['type'] !== 'null' || others.length > 0) {
    throw new Error(`Only "T or null" is expected under anyOf, not ${JSON.stringify(anyOf)}`);
  }
  const { type, enum: values, ...keywords } = main;
  return {
    ...schema,
    type: [type, 'null'],
    ...(Array.isArray(values) ? { enum: [...values, null] } : {}),
    ...keywords,
  };
}
