import type { ResultRecord } from '@ad-analytics/event-schemas';

/** A result with its origin. */
export interface Arrived {
  readonly record: ResultRecord;
}

/**
 * A request must not contain a key twice, and two requests could overtake each other.
 * @param arrived results in the order of the stream
 * @returns the result to write for each `record_id`: the last one of the newest schema version
 */
export function newestById<T extends Arrived>(arrived: readonly T[]): T[] {
  const newest = new Map<string, T>();
  for (const result of arrived) {
    const { record_id: id, schema_version: version } = result.record;
    const known = newest.get(id);
    if (known === undefined || version >= known.record.schema_version) newest.set(id, result);
  }
  return [...newest.values()];
}
