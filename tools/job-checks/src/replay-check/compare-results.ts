import type { ResultSet } from './result-set';

const EXAMPLES = 3;
const MAX_EXAMPLE_LENGTH = 700;

/** How two sets of results differ, after upserting. */
export interface ResultDifference {
  readonly missing: readonly string[];
  readonly surplus: readonly string[];
  /** Same identity, different content. */
  readonly differing: readonly { readonly expected: string; readonly found: string }[];
}

/** @returns the results of `expected` that are missing in `found`, the surplus ones, and those with different content */
export function compareResults(expected: ResultSet, found: ResultSet): ResultDifference {
  const missing: string[] = [];
  const differing: { expected: string; found: string }[] = [];
  for (const [identity, content] of expected.byIdentity) {
    const other = found.byIdentity.get(identity);
    if (other === undefined) missing.push(content);
    else if (other !== content) differing.push({ expected: content, found: other });
  }
  const surplus = [...found.byIdentity].filter(([identity]) => !expected.byIdentity.has(identity));
  return { missing, surplus: surplus.map(([, content]) => content), differing };
}

const shortened = (text: string) => text.slice(0, MAX_EXAMPLE_LENGTH);

/** @returns the number of all differences */
export function differenceCount({ missing, surplus, differing }: ResultDifference): number {
  return missing.length + surplus.length + differing.length;
}

/** @returns the difference in words, with the first few of each kind */
export function describeDifference({ missing, surplus, differing }: ResultDifference): string {
  const some = (title: string, examples: readonly string[]) =>
    examples.length === 0
      ? []
      : [`${examples.length} ${title}, for example:`, ...examples.slice(0, EXAMPLES).map((text) => `    ${text}`)];
  return [
    '',
    ...some('missing', missing.map(shortened)),
    ...some('not expected', surplus.map(shortened)),
    ...some(
      'with different content',
      differing.map(({ expected, found }) => `${shortened(expected)}\n      was found as ${shortened(found)}`),
    ),
  ].join('\n  ');
}

/** @returns how many distinct records of each type there are, in words */
export function describeTypes(results: ResultSet): string {
  const counts = new Map<string, number>();
  for (const content of results.byIdentity.values()) {
    const record = JSON.parse(content) as { record_type?: string; type?: string };
    const type = record.record_type ?? record.type ?? 'unknown';
    counts.set(type, (counts.get(type) ?? 0) + 1);
  }
  return [...counts]
    .sort()
    .map(([type, count]) => `${count} ${type}`)
    .join(', ');
}
