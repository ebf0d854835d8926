import { z } from 'zod';
import { SKIPS_KEY, type SkippedCheck } from './skip-check';

const checkSchema = z.object({
  check_id: z.string(),
  check_name: z.string(),
  resource: z.string(),
  /** Path below the scanned folder, with a leading slash. */
  file_path: z.string(),
});

/** The used part of checkov's output (`-o json`). */
export const reportSchema = z.object({
  summary: z.object({ parsing_errors: z.int() }),
  results: z.object({ passed_checks: z.array(checkSchema), failed_checks: z.array(checkSchema) }),
});

export type Report = z.infer<typeof reportSchema>;

const skipsSchema = z.array(z.object({ id: z.string(), reason: z.string() }));

/** The part of a synthesised stack that the scan uses. */
export interface ScannedStack {
  readonly resource?: Readonly<Record<string, Readonly<Record<string, { readonly '//'?: Record<string, unknown> }>>>>;
}

/** Result of the scan of one stack. */
export interface ScanResult {
  readonly passed: number;
  /** Number of failures that are skipped with a reason. */
  readonly skipped: number;
  /** Problems, one line each. */
  readonly problems: readonly string[];
}

/**
 * @param address in checkov's form: `resource.NAME` or `TYPE.NAME`, depending on the check
 * @returns the name, which is unique in a stack of cdktf
 */
const nameOf = (address: string) => address.slice(address.lastIndexOf('.') + 1);

/** @returns the skips of every resource, by its name */
function skipsOf(stack: ScannedStack): Map<string, SkippedCheck[]> {
  const skips = new Map<string, SkippedCheck[]>();
  for (const resources of Object.values(stack.resource ?? {})) {
    for (const [name, resource] of Object.entries(resources)) {
      const own = resource['//']?.[SKIPS_KEY];
      if (own !== undefined) skips.set(name, skipsSchema.parse(own));
    }
  }
  return skips;
}

/**
 * @param report of checkov
 * @param file of the stack in it
 * @param stack synthesised stack, with its skips
 * @returns two kinds of problems: failures without a skip, and skips without a failure
 */
export function evaluateReport({ summary, results }: Report, file: string, stack: ScannedStack): ScanResult {
  const skips = skipsOf(stack);
  const passed = results.passed_checks.filter((check) => check.file_path === file).length;
  const failed = results.failed_checks
    .filter((check) => check.file_path === file)
    .map((check) => ({ ...check, resource: nameOf(check.resource) }));
  const skipped = (resource: string, id: string) => skips.get(resource)?.some((skip) => skip.id === id) ?? false;
  const failures = failed
    .filter(({ resource, check_id: id }) => !skipped(resource, id))
    .map(({ resource, check_id: id, check_name: name }) => `${resource} fails ${id}: ${name}`);
  const needless = [...skips].flatMap(([resource, own]) =>
    own
      .filter(({ id }) => !failed.some((check) => check.resource === resource && check.check_id === id))
      .map(({ id }) => `${resource} skips ${id}, but does not fail it: remove the skip`),
  );
  const unread = summary.parsing_errors > 0 || passed === 0 ? ['checkov could not read the stack'] : [];
  return { passed, skipped: failed.length - failures.length, problems: [...unread, ...failures, ...needless] };
}
