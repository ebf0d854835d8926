import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import type { PinnedPackage } from './pinned-packages';

/** Public service with the advisories of GitHub, PyPA, npm, Maven and others. */
export const OSV = 'https://api.osv.dev';

/** Queries in one request; the service takes 1,000. */
const BATCH = 500;
const TIMEOUT_MS = 30_000;
const ATTEMPTS = 3;
const PARALLEL = 8;

/** Severity that the advisory states. */
type Severity = 'LOW' | 'MODERATE' | 'HIGH' | 'CRITICAL' | 'UNKNOWN';

/** An advisory about a pinned package. */
export interface Advisory {
  readonly id: string;
  /** Other ids of it, such as CVE numbers. */
  readonly aliases: readonly string[];
  readonly summary: string;
  readonly severity: Severity;
  readonly package: PinnedPackage;
}

/** The service did not respond as it should. */
export class AdvisoryServiceError extends Error {}

const batchSchema = z.object({
  results: z.array(
    z.object({ vulns: z.array(z.object({ id: z.string() })).optional(), next_page_token: z.string().optional() }),
  ),
});
const detailsSchema = z.object({
  id: z.string(),
  aliases: z.array(z.string()).default([]),
  summary: z.string().default(''),
  withdrawn: z.string().optional(),
  database_specific: z.object({ severity: z.string().optional() }).optional(),
});

async function request<T>(url: string, schema: z.ZodType<T>, body?: unknown): Promise<T> {
  let problem = '';
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    try {
      const response = await fetch(url, {
        signal: AbortSignal.timeout(TIMEOUT_MS),
        ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
      });
      if (response.ok) return schema.parse(await response.json());
      problem = `HTTP ${response.status}`;
      if (response.status < 500 && response.status !== 429) break;
    } catch (error) {
      const { message, cause } = error as { message: string; cause?: { message?: string } };
      problem = cause?.message === undefined ? message : `${message} (${cause.message})`;
    }
    if (attempt < ATTEMPTS) await sleep(1_000 * 2 ** (attempt - 1));
  }
  throw new AdvisoryServiceError(`${url}: ${problem}`);
}

const SEVERITIES: readonly string[] = ['LOW', 'MODERATE', 'HIGH', 'CRITICAL'];

/** @returns the severity in the words of GitHub's advisories; advisories of other databases do not state one in words */
const severityOf = (text = ''): Severity => (SEVERITIES.includes(text) ? (text as Severity) : 'UNKNOWN');

/**
 * Asks for the advisories about packages. A withdrawn advisory is left out, and so is one whose alias is found for the same package with a
 * stated severity.
 * @param packages to ask about
 * @param service base address of OSV
 * @throws AdvisoryServiceError when the service cannot be reached or answers something else
 */
export async function advisories(packages: readonly PinnedPackage[], service = OSV): Promise<Advisory[]> {
  const found: { id: string; package: PinnedPackage }[] = [];
  for (let at = 0; at < packages.length; at += BATCH) {
    const part = packages.slice(at, at + BATCH);
    const queries = part.map(({ ecosystem, name, version }) => ({ version, package: { ecosystem, name } }));
    const { results } = await request(`${service}/v1/querybatch`, batchSchema, { queries });
    if (results.length !== part.length)
      throw new AdvisoryServiceError(`${service}: ${results.length} answers to ${part.length} queries`);
    results.forEach(({ vulns = [], next_page_token: more }, index) => {
      const of = part[index] as PinnedPackage;
      if (more !== undefined) throw new AdvisoryServiceError(`${service}: more than one page for ${of.name}`);
      found.push(...vulns.map(({ id }) => ({ id, package: of })));
    });
  }
  const ids = [...new Set(found.map(({ id }) => id))];
  const details = new Map<string, z.infer<typeof detailsSchema>>();
  for (let at = 0; at < ids.length; at += PARALLEL) {
    const part = ids.slice(at, at + PARALLEL);
    const answers = await Promise.all(
      part.map((id) => request(`${service}/v1/vulns/${encodeURIComponent(id)}`, detailsSchema)),
    );
    for (const answer of answers) details.set(answer.id, answer);
  }
  const all = found.flatMap(({ id, package: of }): Advisory[] => {
    const detail = details.get(id);
    if (detail === undefined || detail.withdrawn !== undefined) return [];
    const { aliases, summary, database_specific: own } = detail;
    return [{ id, aliases, summary, severity: severityOf(own?.severity), package: of }];
  });
  return all.filter(
    (one) =>
      one.severity !== 'UNKNOWN' ||
      !all.some((other) => other.package === one.package && other.severity !== 'UNKNOWN' && isSame(one, other)),
  );
}

/** @returns whether both are about the same defect */
function isSame(a: Advisory, b: Advisory): boolean {
  const ids = new Set([a.id, ...a.aliases]);
  return [b.id, ...b.aliases].some((id) => ids.has(id));
}
