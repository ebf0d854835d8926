import type { ResultRecord } from '@ad-analytics/event-schemas';

/** A result, and something that says where it came from. */
export interface Arrived {
  readonly record: ResultRecord;
}

/**
 * A request must not name a key twice, and two requests could overtake each other.
 * @param arrived results in the order of the stream
 * @returns for each `record_id` the one that shall lie in the table: the last of the newest schema version
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
