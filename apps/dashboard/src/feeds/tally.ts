/** A counter for each key, of bounded size. */
export type Tally = Map<string, number>;

/** Adds to the key's counter. */
export function count(tally: Tally, key: string, by = 1): void {
  tally.set(key, (tally.get(key) ?? 0) + by);
}

/**
 * @param entries any number of them @param size of an entry, by which they are ranked @param limit most to keep
 * @returns the greatest, in falling order
 */
export function greatest<T>(entries: Iterable<T>, size: (entry: T) => number, limit: number): T[] {
  return [...entries].sort((a, b) => size(b) - size(a)).slice(0, limit);
}
