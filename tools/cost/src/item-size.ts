import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { BY_SUBJECT, BY_TIME, tableDefinition, type StoredItem } from '@ad-analytics/serving-table';

/** Bytes that DynamoDB adds to each item and each index entry for storage, but not for writes. */
const STORAGE_OVERHEAD_BYTES = 100;
const WRITE_UNIT_BYTES = 1024;
const CONTAINER_BYTES = 3;

/** Size of one item in the table and its indexes. */
export interface ItemSize {
  /** Write request units of the table and both indexes, when the item is new. */
  readonly writeUnits: { readonly table: number; readonly bySubject: number; readonly byTime: number };
  /** Stored bytes: of the table alone (as counted by point-in-time recovery), and including the indexes. */
  readonly storedBytes: { readonly table: number; readonly all: number };
}

/** A number takes one byte per two digits, plus one: 38 digits take at most 21 bytes. */
function numberBytes(text: string): number {
  const digits = text
    .replace(/^-/, '')
    .replace(/e.*$/i, '')
    .replace('.', '')
    .replace(/^0+|0+$/g, '');
  return Math.min(21, Math.ceil(Math.max(digits.length, 1) / 2) + 1 + (text.startsWith('-') ? 1 : 0));
}

function valueBytes(value: AttributeValue): number {
  if (value.S !== undefined) return Buffer.byteLength(value.S);
  if (value.N !== undefined) return numberBytes(value.N);
  if (value.L !== undefined) return value.L.reduce((sum, part) => sum + 1 + valueBytes(part), CONTAINER_BYTES);
  if (value.M !== undefined)
    return Object.entries(value.M).reduce((sum, [name, part]) => sum + 1 + attributeBytes(name, part), CONTAINER_BYTES);
  return 1;
}

const attributeBytes = (name: string, value: AttributeValue) => Buffer.byteLength(name) + valueBytes(value);

/** @returns bytes of the named attributes that the item has */
function bytesOf(item: StoredItem, names: Iterable<string>): number {
  let bytes = 0;
  for (const name of names) {
    const value = item[name];
    if (value !== undefined) bytes += attributeBytes(name, value);
  }
  return bytes;
}

/** @returns bytes of an item in an index: the keys of table and index, and the projected attributes; 0 if the item is not in it */
function indexBytes(item: StoredItem, index: typeof BY_SUBJECT | typeof BY_TIME): number {
  if (item[index.partitionKey] === undefined || item[index.sortKey] === undefined) return 0;
  const { KeySchema = [], GlobalSecondaryIndexes = [] } = tableDefinition();
  const projection = GlobalSecondaryIndexes.find(({ IndexName }) => IndexName === index.name)?.Projection;
  return bytesOf(item, [
    ...KeySchema.map(({ AttributeName = '' }) => AttributeName),
    index.partitionKey,
    index.sortKey,
    ...(projection?.NonKeyAttributes ?? []),
  ]);
}

/**
 * Sizes as Amazon DynamoDB Developer Guide, "DynamoDB item sizes and formats", and "Global secondary indexes", "Write
 * capacity units", count them.
 * @param item item as the client sends it
 * @returns its write units and stored bytes
 */
export function itemSize(item: StoredItem): ItemSize {
  const table = bytesOf(item, Object.keys(item));
  const [bySubject, byTime] = [indexBytes(item, BY_SUBJECT), indexBytes(item, BY_TIME)];
  const units = (bytes: number) => Math.ceil(bytes / WRITE_UNIT_BYTES);
  const stored = (bytes: number) => (bytes === 0 ? 0 : bytes + STORAGE_OVERHEAD_BYTES);
  return {
    writeUnits: { table: units(table), bySubject: units(bySubject), byTime: units(byTime) },
    storedBytes: { table: stored(table), all: stored(table) + stored(bySubject) + stored(byTime) },
  };
}
