import { plainEntry } from '../src/aggregator';
import type { BufferedRecord, Entry } from '../src/entry';
import { recordBytes } from '../src/limits';
import type { UserRecord } from '../src/types';

/** @returns a record as the writer keeps it */
export function bufferedRecord(partitionKey: string, text = 'x', epoch = 0): BufferedRecord<UserRecord> {
  const data = Buffer.from(text);
  return {
    record: { partitionKey, data: text },
    partitionKey,
    data,
    bytes: recordBytes(partitionKey, data),
    epoch,
  };
}

/** @returns an entry with one record */
export function entry(
  partitionKey: string,
  options: { text?: string; since?: number; ordered?: boolean } = {},
): Entry<UserRecord> {
  return plainEntry(
    bufferedRecord(partitionKey, options.text),
    options.since ?? 0,
    options.ordered ? partitionKey : undefined,
  );
}
