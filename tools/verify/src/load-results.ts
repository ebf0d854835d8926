import { RECORD_TYPES, type RecordType, resultRecordSchema } from '@ad-analytics/event-schemas';
import type { Database } from './database';
import type { Results } from './input';
import type { Malformed } from './ledger';
import { RowWriter } from './row-writer';

const MAX_EXAMPLE_LENGTH = 400;

/** Counts of the delivered records, in addition to the table result. */
export interface LoadedResults {
  /** Records of all types, including malformed ones. */
  readonly read: number;
  readonly malformed: Malformed;
}

/**
 * Reads the results into the table result; malformed records are counted separately.
 * @param options `examples` of malformed records to keep; `onRecord` is called after each record with the number of records so far
 */
export async function loadResults(
  database: Database,
  results: Results,
  options: { examples: number; onRecord: (records: number) => void; signal?: AbortSignal | undefined },
): Promise<LoadedResults> {
  const rows = new RowWriter(await database.appender('result'));
  const examples: { record: string; problem: string }[] = [];
  let read = 0;
  let malformed = 0;
  for await (const data of results.records()) {
    options.signal?.throwIfAborted();
    const text = Buffer.from(data).toString('utf8');
    const problem = writeResult(rows, text, read);
    if (problem !== undefined) {
      malformed += 1;
      if (examples.length < options.examples) examples.push({ record: text.slice(0, MAX_EXAMPLE_LENGTH), problem });
    }
    read += 1;
    options.onRecord(read);
  }
  options.signal?.throwIfAborted();
  rows.close();
  return { read, malformed: { count: malformed, examples } };
}

/** @returns the problem of the record; undefined if it was written */
function writeResult(to: RowWriter, text: string, ord: number): string | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return `not JSON: ${(error as Error).message}`;
  }
  const parsed = resultRecordSchema.safeParse(value);
  if (!parsed.success) {
    const type = (value as { record_type?: unknown } | null)?.record_type;
    if (!RECORD_TYPES.includes(type as RecordType))
      return `record_type: ${JSON.stringify(type)} is not a type of the contract`;
    return parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; ');
  }
  const { record_type, record_id, event_time } = parsed.data;
  // The record as delivered, because zod's output lacks fields outside the contract.
  const payload = (value as Record<string, unknown>)[record_type];
  to.integer(ord).text(record_type).text(record_id).text(event_time).text(JSON.stringify(payload)).end();
  return undefined;
}
