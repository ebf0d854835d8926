interface ItemFailure {
  readonly itemIdentifier?: unknown;
}

/**
 * Interprets the response of the function by the rules of the Lambda Developer Guide ("Configuring partial batch response with Kinesis Data
 * Streams and Lambda"): nothing, an empty object, and a null or empty list are a complete success; an identifier that is empty,
 * null or under another name is a complete failure; otherwise the lowest sequence number is the checkpoint. The guide does not describe an
 * identifier outside the batch, or a response of another type. Here these are a complete failure, so that no record is skipped.
 * @param response what the function returned
 * @param sequenceNumbers of the batch, in order
 * @returns index of the first record that must be delivered again; the length of the batch if all were processed
 */
export function firstUndone(response: unknown, sequenceNumbers: readonly string[]): number {
  if (response === null || response === undefined) return sequenceNumbers.length;
  if (typeof response !== 'object') return 0;
  const failures = (response as { batchItemFailures?: unknown }).batchItemFailures;
  if (failures === null || failures === undefined) return sequenceNumbers.length;
  if (!Array.isArray(failures)) return 0;
  const places = failures.map((failure: ItemFailure | null) => {
    const identifier = failure?.itemIdentifier;
    return typeof identifier === 'string' ? Math.max(0, sequenceNumbers.indexOf(identifier)) : 0;
  });
  return Math.min(sequenceNumbers.length, ...places);
}
