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
/** Pages of one package; a service that has more does not end its answer. */
const MAX_PAGES = 20;

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

/** The service cannot be reached, or cannot answer now: no connection, no answer in time, HTTP 429 or 5xx. */
export class ServiceUnavailableError extends Error {}

/** The service gave an answer that this program does not understand. The advisories are not known, and asking later does not help. */
export class UnexpectedAnswerError extends Error {}

const batchSchema = z.object({
  results: z.array(
    z.object({ vulns: z.array(z.object({ id: z.string() })).optional(), next_page_token: z.string().optional() }),
  ),
});
const detailsSchema = z.object({
  aliases: z.array(z.string()).default([]),
  summary: z.string().default(''),
  withdrawn: z.string().optional(),
  database_specific: z.object({ severity: z.string().optional() }).optional(),
});

/** @returns the text of the answer to one attempt, or why the attempt failed @throws UnexpectedAnswerError for a status that another attempt cannot change */
async function attempt(url: string, body?: unknown): Promise<{ text: string } | { problem: string }> {
  try {
    const response = await fetch(url, {
      signal: AbortSignal.timeout(TIMEOUT_MS),
      ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (response.ok) return { text };
    const problem = `HTTP ${response.status}`;
    if (response.status < 500 && response.status !== 429) throw new UnexpectedAnswerError(`${url}: ${problem}`);
    return { problem };
  } catch (error) {
    if (error instanceof UnexpectedAnswerError) throw error;
    const { message, cause } = error as { message: string; cause?: { message?: string } };
    return { problem: cause?.message === undefined ? message : `${message} (${cause.message})` };
  }
}

/** @throws UnexpectedAnswerError when the text has another form */
function parsed<T>(url: string, schema: z.ZodType<T>, text: string): T {
  try {
    return schema.parse(JSON.parse(text));
  } catch (error) {
    throw new UnexpectedAnswerError(`${url}: an answer of another form: ${(error as Error).message}`);
  }
}

async function request<T>(url: string, schema: z.ZodType<T>, body?: unknown): Promise<T> {
  let problem = '';
  for (let count = 1; count <= ATTEMPTS; count += 1) {
    const answer = await attempt(url, body);
    if ('text' in answer) return parsed(url, schema, answer.text);
    problem = answer.problem;
    if (count < ATTEMPTS) await sleep(1_000 * 2 ** (count - 1));
  }
  throw new ServiceUnavailableError(`${url}: ${problem}`);
}

/** A question about a package. */
interface Query {
  readonly package: PinnedPackage;
  /** Of the next page; undefined for the first page. */
  readonly token?: string;
}

/** @returns one answer for each query, in their order @throws UnexpectedAnswerError for another number of answers */
async function answersTo(queries: readonly Query[], service: string): Promise<z.infer<typeof batchSchema>['results']> {
  const url = `${service}/v1/querybatch`;
  const body = queries.map(({ package: { ecosystem, name, version }, token }) => ({
    version,
    package: { ecosystem, name },
    ...(token === undefined ? {} : { page_token: token }),
  }));
  const { results } = await request(url, batchSchema, { queries: body });
  if (results.length !== queries.length)
    throw new UnexpectedAnswerError(`${url}: ${results.length} answers to ${queries.length} queries`);
  return results;
}

const SEVERITIES: readonly string[] = ['LOW', 'MODERATE', 'HIGH', 'CRITICAL'];

/** @returns the severity in the words of GitHub's advisories; advisories of other databases do not state one in words */
const severityOf = (text = ''): Severity => (SEVERITIES.includes(text) ? (text as Severity) : 'UNKNOWN');

/**
 * Asks for the advisories about packages. A withdrawn advisory is left out, and so is one whose alias is found for the same package with a
 * stated severity.
 * @param packages to ask about
 * @param service base address of OSV
 * @throws ServiceUnavailableError when the service cannot be reached
 * @throws UnexpectedAnswerError when it answers something else
 */
export async function advisories(packages: readonly PinnedPackage[], service = OSV): Promise<Advisory[]> {
  const found: { id: string; package: PinnedPackage }[] = [];
  let open: Query[] = packages.map((of) => ({ package: of }));
  for (let page = 1; open.length > 0; page += 1) {
    const [{ package: first }] = open as [Query];
    if (page > MAX_PAGES) throw new UnexpectedAnswerError(`${service}: more than ${MAX_PAGES} pages for ${first.name}`);
    const more: Query[] = [];
    for (let at = 0; at < open.length; at += BATCH) {
      const part = open.slice(at, at + BATCH);
      const results = await answersTo(part, service);
      part.forEach(({ package: of }, index) => {
        const { vulns = [], next_page_token: token } = results[index] ?? {};
        found.push(...vulns.map(({ id }) => ({ id, package: of })));
        if (token) more.push({ package: of, token });
      });
    }
    open = more;
  }
  const ids = [...new Set(found.map(({ id }) => id))];
  const details = new Map<string, z.infer<typeof detailsSchema>>();
  for (let at = 0; at < ids.length; at += PARALLEL) {
    const part = ids.slice(at, at + PARALLEL);
    const answers = await Promise.all(
      part.map((id) => request(`${service}/v1/vulns/${encodeURIComponent(id)}`, detailsSchema)),
    );
    part.forEach((id, index) => {
      const answer = answers[index];
      if (answer !== undefined) details.set(id, answer);
    });
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
