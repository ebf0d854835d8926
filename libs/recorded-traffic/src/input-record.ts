import { createHash } from 'node:crypto';

const EVENT_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
/** Some programs begin a file with it; JSON does not allow it, the pipeline does. */
const BYTE_ORDER_MARK = '\ufeff';

/** A line of a file on its way into a stream. */
export interface InputRecord {
  readonly data: Buffer;
  /** Any text: the writer replaces what Kinesis does not take as a key. */
  readonly partitionKey: string;
  /** Event time as written, comparable as text; undefined when the line has none that can be read. */
  readonly eventTime: string | undefined;
  /** Its line in the file, from 1, where the reader counts them. */
  readonly line?: number;
}

/**
 * @param line of a JSONL file; a byte-order mark in front is left out
 * @returns its fields, or undefined when it is not a JSON object
 */
export function jsonObject(line: Buffer): Record<string, unknown> | undefined {
  try {
    const text = line.toString('utf8');
    const value: unknown = JSON.parse(text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}

/**
 * @param line of a JSONL file, valid or not: it is sent as it is
 * @returns with its partition key: the impression's id, so that a duplicate lands in the shard of its original; for a
 *   line without one a hash of the content, so that the same line always lands in the same shard
 */
export function inputRecord(line: Buffer): InputRecord {
  const event = jsonObject(line);
  const id = event?.['impression_id'];
  const time = event?.['event_time'];
  const hasId = typeof id === 'string' && id !== '';
  return {
    data: line,
    partitionKey: hasId ? id : createHash('sha256').update(line).digest('hex'),
    eventTime: typeof time === 'string' && EVENT_TIME.test(time) ? time : undefined,
  };
}
