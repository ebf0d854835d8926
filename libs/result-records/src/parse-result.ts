import { type ResultRecord, resultRecordSchema } from '@ad-analytics/event-schemas';
import { z } from 'zod';

/** A result, or why the record is not a valid result. */
export type ParsedResult = { readonly record: ResultRecord } | { readonly problem: string };

/**
 * @param data bytes of a record of the result stream
 * @returns the result according to the contract, or its problem with the name of the field
 */
export function parseResult(data: Uint8Array): ParsedResult {
  let value: unknown;
  try {
    value = JSON.parse(Buffer.from(data).toString('utf8'));
  } catch (error) {
    return { problem: `not valid JSON: ${(error as Error).message}` };
  }
  const parsed = resultRecordSchema.safeParse(value);
  return parsed.success ? { record: parsed.data } : { problem: z.prettifyError(parsed.error) };
}
