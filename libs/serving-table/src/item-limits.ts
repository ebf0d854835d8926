import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import type { StoredItem } from './item';

/**
 * Maximum size of an item, of a partition key and of a sort key, in bytes. Source: Amazon DynamoDB Developer Guide,
 * "Quotas".
 */
export const MAX_ITEM_BYTES = 400 * 1024;
const MAX_PARTITION_KEY_BYTES = 2048;
const MAX_SORT_KEY_BYTES = 1024;

const KEY_LIMITS: Readonly<Record<string, number>> = {
  record_id: MAX_PARTITION_KEY_BYTES,
  gsi1pk: MAX_PARTITION_KEY_BYTES,
  gsi1sk: MAX_SORT_KEY_BYTES,
  gsi2pk: MAX_PARTITION_KEY_BYTES,
  gsi2sk: MAX_SORT_KEY_BYTES,
};

/**
 * Range of the decimal exponents of numbers other than 0, and maximum number of significant digits. Source: Amazon DynamoDB Developer Guide,
 * "Data types".
 */
const MIN_EXPONENT = -130;
const MAX_EXPONENT = 125;
const MAX_DIGITS = 38;

/** A number takes at most 21 bytes; a null or a boolean 1; a list or a map 3, and 1 for each element. */
const NUMBER_BYTES = 21;
const CONTAINER_BYTES = 3;

function valueBytes(value: AttributeValue): number {
  if (value.S !== undefined) return Buffer.byteLength(value.S);
  if (value.N !== undefined) return NUMBER_BYTES;
  if (value.L !== undefined) return value.L.reduce((sum, part) => sum + 1 + valueBytes(part), CONTAINER_BYTES);
  if (value.M !== undefined) return attributeBytes(value.M, 1) + CONTAINER_BYTES;
  return 1;
}

function attributeBytes(attributes: StoredItem, each: number): number {
  return Object.entries(attributes).reduce(
    (sum, [name, value]) => sum + each + Buffer.byteLength(name) + valueBytes(value),
    0,
  );
}

/** @returns why DynamoDB refuses a number in decimal or scientific notation; undefined if it does not */
function numberProblem(text: string): string | undefined {
  // As text: a conversion to a double would round 9.99…e125 up to 1e126.
  const [, whole = '', fraction = '', power = '0'] = /^-?(\d*)\.?(\d*)(?:e([+-]?\d+))?$/i.exec(text) ?? [];
  const written = whole + fraction;
  const significant = written.replace(/^0+/, '');
  if (significant === '') return undefined;
  const exponent = whole.length - 1 - (written.length - significant.length) + Number(power);
  if (exponent < MIN_EXPONENT)
    return `the magnitude of the number is below 1e${MIN_EXPONENT}, the least that the table takes`;
  if (exponent > MAX_EXPONENT)
    return `the magnitude of the number is 1e${MAX_EXPONENT + 1} or more, and the table takes less`;
  const digits = significant.replace(/0+$/, '').length;
  return digits > MAX_DIGITS
    ? `the number has ${digits} significant digits, but the table takes at most ${MAX_DIGITS}`
    : undefined;
}

/** @returns the first number in a value that DynamoDB refuses, with its path; undefined if all are within the limits */
function refusedNumber(value: AttributeValue, path: string): string | undefined {
  if (value.N !== undefined) {
    const problem = numberProblem(value.N);
    return problem === undefined ? undefined : `${path}: ${problem}`;
  }
  for (const [name, part] of Object.entries(value.L ?? value.M ?? {})) {
    const problem = refusedNumber(part, path === '' ? name : `${path}.${name}`);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

/**
 * DynamoDB refuses a whole request because of one invalid item, so the item is found before. Sizes are counted as in
 * the Developer Guide ("DynamoDB item sizes and formats"), with the maximum size of numbers.
 * @param item in the
 * client's format
 * @returns why DynamoDB can never accept it, with the attribute; undefined if it can
 */
export function itemProblem(item: StoredItem): string | undefined {
  for (const [name, limit] of Object.entries(KEY_LIMITS)) {
    const bytes = Buffer.byteLength(item[name]?.S ?? '');
    if (bytes > limit) return `${name}: ${bytes} bytes, but the table takes at most ${limit}`;
  }
  const bytes = attributeBytes(item, 0);
  return bytes > MAX_ITEM_BYTES
    ? `payload: the item has ${bytes} bytes, but the table takes at most ${MAX_ITEM_BYTES}`
    : refusedNumber({ M: item }, '');
}
