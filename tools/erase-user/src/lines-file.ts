/** Objects with one record per line: records that Firehose could not convert, and results as JSON. */
import { gunzipSync, gzipSync } from 'node:zlib';
import { RECORD_TYPES, type RecordType } from '@ad-analytics/event-schemas';
import { mentions } from './mentions';
import { belongsTo, type StoredResult, type Subject } from './subject';

const NEWLINE = 0x0a;
const GZIP = [0x1f, 0x8b];

/** What a search found, and what is left. */
export interface SearchedLines {
  /** Results of the user; undefined for a line of the user that is not a result. */
  readonly found: readonly (StoredResult | undefined)[];
  /** The other lines, byte for byte; undefined if none is left. */
  readonly rest: Uint8Array | undefined;
}

/**
 * @param content of the object, plain or gzip. A line is a result, or an error record of Firehose, which has the record in `rawData` as base64
 *   (https://docs.aws.amazon.com/firehose/latest/dev/retry.html)
 * @param types types of results to search for; a line that is not a result counts as a `rejected_event`
 * @param subject whose records to find
 * @returns what was found, and the content without it
 * @throws {Error} when it is not readable gzip
 */
export function searchLines(content: Buffer, types: readonly RecordType[], subject: Subject): SearchedLines {
  const zipped = GZIP.every((byte, at) => content[at] === byte);
  const found: (StoredResult | undefined)[] = [];
  const kept = linesOf(zipped ? gunzipSync(content) : content).filter((line) => {
    const bytes = recordIn(line);
    const record = resultIn(bytes);
    const isUsers =
      record === undefined
        ? types.includes('rejected_event') && subject.userIds.some((userId) => mentions(bytes, userId))
        : types.includes(record.record_type) && belongsTo(subject, record);
    if (isUsers) found.push(record);
    return !isUsers;
  });
  const rest = Buffer.concat(kept);
  const blank = rest.every((byte) => byte === NEWLINE);
  return { found, rest: blank ? undefined : zipped ? gzipSync(rest) : rest };
}

/** @returns the lines, each with its end */
function linesOf(content: Buffer): Buffer[] {
  const lines: Buffer[] = [];
  for (let start = 0; start < content.length;) {
    const newline = content.indexOf(NEWLINE, start);
    const end = newline < 0 ? content.length : newline + 1;
    lines.push(content.subarray(start, end));
    start = end;
  }
  return lines;
}

/** @returns the record of the results stream that the line contains */
function recordIn(line: Buffer): Buffer {
  const { rawData } = objectIn(line) ?? {};
  return typeof rawData === 'string' ? Buffer.from(rawData, 'base64') : line;
}

/** @returns the result in the bytes; its fields may differ from the contract */
function resultIn(bytes: Buffer): StoredResult | undefined {
  const { record_type, record_id, ...rest } = objectIn(bytes) ?? {};
  const type = RECORD_TYPES.find((name) => name === record_type);
  const fields = type === undefined ? undefined : rest[type];
  if (type === undefined || typeof fields !== 'object' || fields === null) return undefined;
  return { record_type: type, record_id: String(record_id), fields: fields as Record<string, unknown> };
}

function objectIn(bytes: Buffer): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(bytes.toString('utf8'));
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
