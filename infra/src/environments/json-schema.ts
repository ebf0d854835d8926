import { z } from 'zod';
import { environmentSchema } from './environment';

/** @returns the JSON Schema (draft 2020-12) of an environment file: for editors, and for anyone who validates without Node */
export function environmentJsonSchema(): Record<string, unknown> {
  const { $schema, ...rest } = z.toJSONSchema(environmentSchema, { io: 'input' });
  return { $schema, $id: 'urn:ad-analytics:infra:environment', ...rest };
}
