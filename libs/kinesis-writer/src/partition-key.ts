import { createHash } from 'node:crypto';
import { MAX_PARTITION_KEY_CHARACTERS } from './limits';

/** Matches half a surrogate pair: with the flag `u` a whole pair is one character of another category. */
const HALF_SURROGATE_PAIR = /\p{Surrogate}/u;

/** @returns whether Kinesis accepts the text as a partition key: 1 to 256 Unicode characters, well-formed */
export function isPartitionKey(text: string): boolean {
  if (text === '' || HALF_SURROGATE_PAIR.test(text)) return false;
  // UTF-16 units are never fewer than characters: only a long text has to be counted.
  return text.length <= MAX_PARTITION_KEY_CHARACTERS || [...text].length <= MAX_PARTITION_KEY_CHARACTERS;
}

/**
 * The service refuses a whole request because of one invalid key, and keys are external input, often an id of an event.
 * @param text any text
 * @returns the text if Kinesis accepts it as a key; otherwise the SHA-256 of its UTF-16 units, in
 * hexadecimal, so that records with the same text are still in the same shard
 */
export function partitionKeyOf(text: string): string {
  return isPartitionKey(text) ? text : createHash('sha256').update(Buffer.from(text, 'utf16le')).digest('hex');
}
