type Counts = Readonly<Record<string, number>>;

/**
 * @param expected results of each type in the stream, those delivered twice counted once
 * @param found items of each type in the table
 * @returns where they differ, in words
 */
export function tableDifferences(expected: Counts, found: Counts): string[] {
  const types = [...new Set([...Object.keys(expected), ...Object.keys(found)])].sort();
  return types
    .filter((type) => (expected[type] ?? 0) !== (found[type] ?? 0))
    .map((type) => `the table has ${found[type] ?? 0} ${type}, the stream ${expected[type] ?? 0}`);
}
