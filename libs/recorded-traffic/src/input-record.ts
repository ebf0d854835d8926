import { createHash } from 'node:crypto';

const EVENT_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
/** Byte-order mark: some programs begin a file with it. JSON does not allow it, but the pipeline accepts it. */
const BYTE_ORDER_MARK = '\ufeff';

/** A line of a file that is sent to a stream. */
export interface InputRecord {
  readonly data: Buffer;
  /** Any text: the writer replaces keys that Kinesis does not accept. */
  readonly partitionKey: string;
  /** Event time as written, comparable as text; undefined if the line has no readable time. */
  readonly eventTime: string | undefined;
  /** Its line in the file, from 1, if the reader counts lines. */
  readonly line?: number;
}

/**
 * @param line of a JSONL file; a leading byte-order mark is ignored
 * @returns its fields, or undefined if it is not a JSON object
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
 * @param line of a JSONL file, valid or not: it is sent unchanged
 * @returns the line with its partition key: the impression's id, so that a duplicate goes to the same shard. For a line without an id, the
 *   key is a hash of its content, so that the same line always goes to the same shard
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
