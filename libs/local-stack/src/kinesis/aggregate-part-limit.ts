import protobuf from 'protobufjs';

/**
 * The same limits as in the job: up to this number of parts, any length is allowed; more parts must have this average length in bytes.
 * The limits of keys, tags and unknown fields, counted together, are the same.
 */
const MAX_UNCHECKED_PARTS = 16;
const MIN_AVERAGE_BYTES = 32;

const VARINT = 0;
const LENGTH_DELIMITED = 2;
const START_GROUP = 3;
const END_GROUP = 4;
const FIELD_BITS = 3;
const WIRE_TYPE = 7;

type Message = 'aggregate' | 'part' | 'tag';
interface Counts {
  part: number;
  other: number;
}

/** @returns what a field of a message is; `single` if a message holds only its last value */
function fieldOf(message: Message, field: number, wireType: number): 'part' | 'tag' | 'single' | 'other' {
  if (wireType === LENGTH_DELIMITED) {
    if (message === 'aggregate' && field === 3) return 'part';
    if (message === 'part' && field === 4) return 'tag';
    if ((message === 'part' && field === 3) || (message === 'tag' && field <= 2)) return 'single';
  }
  return message === 'part' && wireType === VARINT && field <= 2 ? 'single' : 'other';
}

/**
 * Counts the objects of a message.
 * @param end position after the message
 * @throws Error at the first bytes that are not protobuf
 */
function count(reader: protobuf.Reader, end: number, message: Message, counts: Counts): void {
  let groups = 0;
  while (reader.pos < end) {
    const tag = reader.uint32();
    const wireType = tag & WIRE_TYPE;
    const number = tag >>> FIELD_BITS;
    if (number === 0) throw new Error('field 0');
    if (wireType === END_GROUP) {
      groups -= 1;
      continue;
    }
    const field = groups === 0 ? fieldOf(message, number, wireType) : 'other';
    if (wireType === START_GROUP) {
      groups += 1;
    } else if (field === 'part' || field === 'tag') {
      const inner = reader.uint32() + reader.pos;
      if (inner > end) throw new Error(`${field} without an end`);
      count(reader, inner, field, counts);
    } else {
      reader.skipType(wireType);
    }
    if (reader.pos > end) throw new Error('field without an end');
    if (field === 'part') counts.part += 1;
    else if (field !== 'single') counts.other += 1;
  }
}

/**
 * @param message protobuf message of an aggregated record, or any bytes
 * @returns whether it has implausibly many parts, keys, tags or unknown fields; the job then rejects the record as a whole
 */
export function exceedsPartLimit(message: Uint8Array): boolean {
  const counts: Counts = { part: 0, other: 0 };
  try {
    count(protobuf.Reader.create(message), message.length, 'aggregate', counts);
  } catch {
    // The remaining bytes are not protobuf. The bytes before them count.
  }
  return Object.values(counts).some(
    (objects: number) => objects > MAX_UNCHECKED_PARTS && objects * MIN_AVERAGE_BYTES > message.length,
  );
}
