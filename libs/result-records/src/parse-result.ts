import { type ResultRecord, resultRecordSchema } from '@ad-analytics/event-schemas';
import { z } from 'zod';

/** A record of the result stream, or why it is none. */
export type ParsedResult = { readonly record: ResultRecord } | { readonly problem: string };

/**
 * @param data bytes of a record of the result stream
 * @returns the result as the contract has it, or what is wrong with it, the field named
 */
export function parseResult(data: Uint8Array): ParsedResult {
  let value: unknown;
  try {
    value = JSON.parse(Buffer.from(data).toString('utf8'));
  } catch (error) {
    return { problem: `no JSON: ${(error as Error).message}` };
  }
  const parsed = resultRecordSchema.safeParse(value);
  return parsed.success ? { record: parsed.data } : { problem: z.prettifyError(parsed.error) };
}
