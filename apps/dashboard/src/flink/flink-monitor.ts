import { z } from 'zod';
import { RateMeter } from '../rate-meter';
import type { FlinkView } from '../view/view';

const TIMEOUT_MS = 3_000;
/** Flink itself updates the metrics that it shows every 10 s (`metrics.fetcher.update-interval`). */
const RATE_OVER_MS = 30_000;
/** Operators and counters as the job names them. */
const READ = ['Source__impressions.numRecordsOut', 'Source__clicks.numRecordsOut'];
const DUPLICATES = { impressions: 'duplicateImpressions', clicks: 'duplicateClicks' } as const;

const overviewSchema = z.object({
  jobs: z.array(z.object({ jid: z.string(), state: z.string(), 'start-time': z.number() })),
});
const jobSchema = z.object({ vertices: z.array(z.object({ id: z.string() })) });
const namesSchema = z.array(z.object({ id: z.string() }));
const sumsSchema = z.array(z.object({ id: z.string(), sum: z.coerce.number() }));

const isDuplicateCounter = (id: string, name: string) => id === name || id.endsWith(`.${name}`);

/** Figures that are not in the results: how much the job reads, and how many duplicates it dropped. */
export class FlinkMonitor {
  private rate = new RateMeter(RATE_OVER_MS);
  private last: { jobId: string; read: number } | undefined;

  /** @param url of Flink's REST API; undefined: not known */
  constructor(private readonly url: string | undefined) {}

  /**
   * @param now milliseconds since the epoch
   * @returns the current figures of Flink. Never rejects: the page shows the results without them
   */
  async look(now: number): Promise<FlinkView> {
    if (this.url === undefined)
      return { available: false, reason: 'Flink’s REST address is known only for a local stack.' };
    try {
      return await this.ask(now);
    } catch (error) {
      this.last = undefined;
      return { available: false, reason: `Flink does not respond: ${(error as Error).message}` };
    }
  }

  private async ask(now: number): Promise<FlinkView> {
    const { jobs } = await this.get(overviewSchema, '/jobs/overview');
    const job = jobs.sort((a, b) => b['start-time'] - a['start-time'])[0];
    if (!job) return { available: false, reason: 'Flink runs without a job.' };
    const { vertices } = await this.get(jobSchema, `/jobs/${job.jid}`);
    const sums = await Promise.all(
      vertices.map(({ id }) => this.sums(`/jobs/${job.jid}/vertices/${id}/subtasks/metrics`)),
    );
    const metrics = sums.flat();
    const sum = (matches: (id: string) => boolean) => {
      const found = metrics.filter(({ id }) => matches(id));
      return found.length === 0 ? undefined : found.reduce((total, metric) => total + metric.sum, 0);
    };
    const read = sum((id) => READ.includes(id));
    const impressions = sum((id) => isDuplicateCounter(id, DUPLICATES.impressions));
    const clicks = sum((id) => isDuplicateCounter(id, DUPLICATES.clicks));
    if (read !== undefined) this.measure(job.jid, read, now);
    return {
      available: true,
      state: job.state,
      recordsPerSecond: job.state === 'RUNNING' ? this.rate.perSecond(now) : null,
      duplicates: impressions === undefined || clicks === undefined ? null : { impressions, clicks },
    };
  }

  /** A restarted job counts from 0. */
  private measure(jobId: string, read: number, now: number): void {
    if (this.last?.jobId !== jobId || read < this.last.read) this.rate = new RateMeter(RATE_OVER_MS);
    this.rate.add(read - (this.last?.jobId === jobId ? this.last.read : 0), now);
    this.last = { jobId, read };
  }

  private async sums(path: string): Promise<{ id: string; sum: number }[]> {
    const wanted = (id: string) =>
      READ.includes(id) || Object.values(DUPLICATES).some((name) => isDuplicateCounter(id, name));
    const names = (await this.get(namesSchema, path)).map(({ id }) => id).filter(wanted);
    if (names.length === 0) return [];
    return this.get(sumsSchema, `${path}?get=${names.map(encodeURIComponent).join(',')}&agg=sum`);
  }

  private async get<T>(schema: z.ZodType<T>, path: string): Promise<T> {
    const response = await fetch(this.url + path, { signal: AbortSignal.timeout(TIMEOUT_MS) });
    if (!response.ok) throw new Error(`HTTP ${response.status}`);
    return schema.parse(await response.json());
  }
}
