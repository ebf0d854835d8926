import protobuf from 'protobufjs';

/** The same limits as in the job: up to this number of parts, any length is allowed; more parts must have this average length in bytes. */
const MAX_UNCHECKED_PARTS = 16;
const MIN_AVERAGE_BYTES = 32;

/** Field of the message that holds the parts. */
const RECORDS = 3;
const LENGTH_DELIMITED = 2;
const START_GROUP = 3;
const END_GROUP = 4;
const FIELD_BITS = 3;
const WIRE_TYPE = 7;

/** @returns number of parts up to the end, or to the first bytes that are not protobuf */
function countParts(message: Uint8Array): number {
  const reader = protobuf.Reader.create(message);
  let parts = 0;
  let groups = 0;
  try {
    while (reader.pos < reader.len) {
      const tag = reader.uint32();
      const wireType = tag & WIRE_TYPE;
      const field = tag >>> FIELD_BITS;
      if (field === 0) break;
      if (wireType === START_GROUP) groups += 1;
      else if (wireType === END_GROUP) groups -= 1;
      else reader.skipType(wireType);
      if (wireType === LENGTH_DELIMITED && field === RECORDS && groups === 0) parts += 1;
    }
  } catch {
    // The remaining bytes are not protobuf.
  }
  return parts;
}

/**
 * @param message protobuf message of an aggregated record, or any bytes
 * @returns whether it has implausibly many parts; the job then rejects the record as a whole
 */
export function exceedsPartLimit(message: Uint8Array): boolean {
  const parts = countParts(message);
  return parts > MAX_UNCHECKED_PARTS && parts * MIN_AVERAGE_BYTES > message.length;
}
