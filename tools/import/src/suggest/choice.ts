import type { ColumnProfile } from './column-profile';

/** The SQL expression that a mapping uses for a field of the contract, and why. */
export interface Choice {
  /** Expression in SQL. */
  readonly sql: string;
  /** Sentences for the comment above it. */
  readonly because: string;
  /** Name of the column that it uses. */
  readonly column?: string;
}

/** @returns the name in lower case without signs: "Event-Time" as "eventtime" */
function plainName(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/g, '');
}

/**
 * @param names plain names, the likeliest first
 * @param fits whether the values of a column can be it
 * @returns the column with the likeliest name among those that fit; names that only end so come after all others
 */
export function byName(
  profiles: readonly ColumnProfile[],
  names: readonly string[],
  fits: (profile: ColumnProfile) => boolean = () => true,
): ColumnProfile | undefined {
  const candidates = profiles.filter((profile) => profile.values > 0 && fits(profile));
  for (const same of [
    (plain: string, name: string) => plain === name,
    (plain: string, name: string) => name.length > 3 && plain.endsWith(name),
  ]) {
    for (const name of names) {
      const found = candidates.find((profile) => same(plainName(profile.name), name));
      if (found !== undefined) return found;
    }
  }
  return undefined;
}
