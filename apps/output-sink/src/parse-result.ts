import { resultRecordSchema, type ResultRecord } from '@ad-analytics/event-schemas';
import { parse } from '@aws-lambda-powertools/parser';
import type { z } from 'zod';

/** A result, or the reason why it is invalid. */
export type Parsed = { readonly record: ResultRecord } | { readonly reason: string };

/** A record with fifty invalid fields has fifty reasons; the first ones are enough. */
const MAX_ISSUES = 3;

const utf8 = new TextDecoder('utf-8', { fatal: true });

function fromJson(data: Buffer): { value: unknown } | { reason: string } {
  try {
    return { value: JSON.parse(utf8.decode(data)) };
  } catch (error) {
    // The error text may quote the record, which must not appear in logs.
    return { reason: error instanceof SyntaxError ? 'JSON: is not valid JSON' : 'JSON: is not valid UTF-8' };
  }
}

/** @returns the reason with the fields it names; `(record)` for the record as a whole */
function reasonOf(issues: readonly z.core.$ZodIssue[]): string {
  const named = issues.slice(0, MAX_ISSUES).map(({ path, message }) => `${path.join('.') || '(record)'}: ${message}`);
  const more = issues.length - named.length;
  return named.join('; ') + (more > 0 ? `; and ${more} more` : '');
}

/**
 * @param data a record of the results stream: JSON in UTF-8
 * @returns the result, or the reason why it is invalid, with the field
 */
export function parseResult(data: Buffer): Parsed {
  const json = fromJson(data);
  if ('reason' in json) return json;
  const parsed = parse(json.value, undefined, resultRecordSchema, true);
  if (parsed.success) return { record: parsed.data as ResultRecord };
  return { reason: reasonOf((parsed.error.cause ?? []) as unknown as readonly z.core.$ZodIssue[]) };
}
