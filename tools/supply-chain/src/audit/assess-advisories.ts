import { z } from 'zod';
import type { Advisory } from './osv';

/** An exception: an advisory that is accepted until a given day. */
export const exceptionsSchema = z.array(
  z.object({
    /** Id of the advisory or one of its aliases. */
    id: z.string(),
    /** As the advisory names it: `name`, or `group:artifact`. */
    package: z.string(),
    /** Why it is harmless in this project, or what is planned. */
    reason: z.string().min(20),
    /** The exception expires after this day, `YYYY-MM-DD`. */
    expires: z.iso.date(),
  }),
);

/** An accepted advisory. */
export type Exception = z.infer<typeof exceptionsSchema>[number];

/** The outcome of the advisories. */
export interface AuditVerdict {
  /** Advisories to fix or to explain, one line each. */
  readonly problems: readonly string[];
  /** Known and accepted advisories, one line each. */
  readonly accepted: readonly string[];
  /** Low and moderate ones, which do not fail the check. */
  readonly minor: readonly string[];
  /** Exceptions that match nothing. */
  readonly unused: readonly string[];
}

const FAILING: ReadonlySet<string> = new Set(['HIGH', 'CRITICAL', 'UNKNOWN']);

const line = ({ id, aliases, severity, summary, package: { name, version, where } }: Advisory) =>
  `${severity} ${[id, ...aliases.filter((alias) => alias.startsWith('CVE'))].join(' ')} ${name} ${version} in ${where}: ${summary}`;

/**
 * @param advisories that were found
 * @param exceptions known ones
 * @param today `YYYY-MM-DD`
 */
export function assessAdvisories(
  advisories: readonly Advisory[],
  exceptions: readonly Exception[],
  today: string,
): AuditVerdict {
  const used = new Set<Exception>();
  const verdict = { problems: [] as string[], accepted: [] as string[], minor: [] as string[] };
  for (const advisory of advisories) {
    const ids = [advisory.id, ...advisory.aliases];
    const known = exceptions.find((one) => ids.includes(one.id) && one.package === advisory.package.name);
    if (known !== undefined) used.add(known);
    if (!FAILING.has(advisory.severity)) verdict.minor.push(line(advisory));
    else if (known === undefined) verdict.problems.push(line(advisory));
    else if (known.expires < today)
      verdict.problems.push(`${line(advisory)} (the exception ended on ${known.expires})`);
    else verdict.accepted.push(`${line(advisory)} (until ${known.expires}: ${known.reason})`);
  }
  const unused = exceptions.filter((one) => !used.has(one)).map((one) => `${one.id} of ${one.package}`);
  return { ...verdict, unused };
}
