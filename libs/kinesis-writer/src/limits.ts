/** Maximum number of records in one PutRecords request. */
export const MAX_REQUEST_RECORDS = 500;
/** Maximum size of one PutRecords request including partition keys, in bytes. */
export const MAX_REQUEST_BYTES = 10 * 1024 * 1024;
/** Maximum size of one record including its partition key, in bytes. A stream's own maximum may be set lower. */
export const MAX_RECORD_BYTES = 10 * 1024 * 1024;
/** Longest partition key, in Unicode characters. */
export const MAX_PARTITION_KEY_CHARACTERS = 256;

/** Upper bounds of a request. */
export interface RequestLimits {
  /** Records in one PutRecords request, 1 to 500. */
  readonly maxRequestRecords: number;
  /** Bytes in one PutRecords request, partition keys included. */
  readonly maxRequestBytes: number;
  /** Bytes in one record, partition key included. */
  readonly maxRecordBytes: number;
}

/** The service's own limits. */
export const SERVICE_LIMITS: RequestLimits = {
  maxRequestRecords: MAX_REQUEST_RECORDS,
  maxRequestBytes: MAX_REQUEST_BYTES,
  maxRecordBytes: MAX_RECORD_BYTES,
};

/**
 * @param partitionKey key of the record
 * @param data its payload
 * @returns bytes that count against the limits: payload plus partition key in UTF-8
 */
export function recordBytes(partitionKey: string, data: Uint8Array): number {
  return data.byteLength + Buffer.byteLength(partitionKey, 'utf8');
}

/**
 * @param bytes size of a record, partition key included
 * @param maxRecordBytes limit of the stream
 * @returns why the stream cannot accept it; undefined if it can
 */
export function findRecordProblem(
  bytes: number,
  maxRecordBytes: number,
): { code: 'RecordTooLarge'; message: string } | undefined {
  if (bytes <= maxRecordBytes) return undefined;
  const message = `${bytes} bytes with the partition key; the maximum is ${maxRecordBytes} bytes`;
  return { code: 'RecordTooLarge', message };
}
