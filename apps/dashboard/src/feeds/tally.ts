/** A counter for each key, of bounded size. */
export type Tally = Map<string, number>;

/** Adds to the key's counter. */
export function count(tally: Tally, key: string, by = 1): void {
  tally.set(key, (tally.get(key) ?? 0) + by);
}

/**
 * @param entries any number
 * @param size of an entry, for the ranking
 * @param limit maximum number to keep
 * @returns the
 *   greatest, in descending order
 */
export function greatest<T>(entries: Iterable<T>, size: (entry: T) => number, limit: number): T[] {
  return [...entries].sort((a, b) => size(b) - size(a)).slice(0, limit);
}
