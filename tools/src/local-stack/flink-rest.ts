import { z } from 'zod';

const REQUEST_TIMEOUT_MS = 30_000;

const overviewSchema = z.object({ 'slots-available': z.number() });
const jobsSchema = z.object({ jobs: z.array(z.object({ jid: z.string(), name: z.string(), state: z.string() })) });
const jobSchema = z.object({
  state: z.string(),
  vertices: z.array(z.object({ id: z.string(), name: z.string(), parallelism: z.number(), status: z.string() })),
});
const exceptionsSchema = z.object({
  exceptionHistory: z.object({
    entries: z.array(z.object({ exceptionName: z.string(), stacktrace: z.string(), timestamp: z.number() })),
  }),
});
const metricNamesSchema = z.array(z.object({ id: z.string() }));
const metricSumsSchema = z.array(z.object({ id: z.string(), sum: z.coerce.number(), max: z.coerce.number() }));
const triggerSchema = z.object({ 'request-id': z.string() });
const savepointSchema = z.object({
  status: z.object({ id: z.enum(['IN_PROGRESS', 'COMPLETED']) }),
  operation: z
    .object({ location: z.string().optional(), 'failure-cause': z.object({ 'stack-trace': z.string() }).optional() })
    .nullish(),
});

/** State of a job and of its vertices, as Flink names them (RUNNING, RESTARTING, FAILED, FINISHED...). */
export type JobDetails = z.infer<typeof jobSchema>;
/** A failure that Flink remembers; `stacktrace` includes the causes. */
export type JobException = z.infer<typeof exceptionsSchema>['exceptionHistory']['entries'][number];
/** A metric over all subtasks of a vertex. */
export type VertexMetric = z.infer<typeof metricSumsSchema>[number];
/** Outcome of stopping with a savepoint. */
export type StopOutcome =
  { status: 'running' } | { status: 'done'; location: string } | { status: 'failed'; cause: string };

/** Client of Flink's REST API, as far as it is used here. Every method rejects when Flink does not answer with success. */
export class FlinkRest {
  /** @param url for example http://127.0.0.1:8081 */
  constructor(readonly url: string) {}

  async freeSlots(): Promise<number> {
    return (await this.call(overviewSchema, '/overview'))['slots-available'];
  }

  async jobIds(): Promise<string[]> {
    return (await this.call(jobsSchema, '/jobs/overview')).jobs.map((job) => job.jid);
  }

  job(jobId: string): Promise<JobDetails> {
    return this.call(jobSchema, `/jobs/${jobId}`);
  }

  /** @returns the latest failures, the newest first */
  async exceptions(jobId: string): Promise<JobException[]> {
    const answer = await this.call(exceptionsSchema, `/jobs/${jobId}/exceptions?maxExceptions=10`);
    return answer.exceptionHistory.entries;
  }

  async metricNames(jobId: string, vertexId: string): Promise<string[]> {
    const metrics = await this.call(metricNamesSchema, `/jobs/${jobId}/vertices/${vertexId}/subtasks/metrics`);
    return metrics.map((metric) => metric.id);
  }

  /**
   * @param names at least one metric name
   * @returns those that exist by now, each over all subtasks
   */
  metrics(jobId: string, vertexId: string, names: readonly string[]): Promise<VertexMetric[]> {
    const query = names.map(encodeURIComponent).join(',');
    return this.call(metricSumsSchema, `/jobs/${jobId}/vertices/${vertexId}/subtasks/metrics?get=${query}&agg=sum,max`);
  }

  /**
   * Ends a job with its results complete: the sources emit their final watermark, every window closes, a savepoint is taken.
   * @returns id to ask `stopOutcome` with
   */
  async stopWithDrain(jobId: string): Promise<string> {
    const answer = await this.call(triggerSchema, `/jobs/${jobId}/stop`, { drain: true });
    return answer['request-id'];
  }

  async stopOutcome(jobId: string, requestId: string): Promise<StopOutcome> {
    const { status, operation } = await this.call(savepointSchema, `/jobs/${jobId}/savepoints/${requestId}`);
    if (status.id === 'IN_PROGRESS') return { status: 'running' };
    if (operation?.location !== undefined) return { status: 'done', location: operation.location };
    return { status: 'failed', cause: operation?.['failure-cause']?.['stack-trace'] ?? 'no reason given' };
  }

  private async call<T>(schema: z.ZodType<T>, path: string, body?: object): Promise<T> {
    const response = await fetch(this.url + path, {
      signal: AbortSignal.timeout(REQUEST_TIMEOUT_MS),
      ...(body === undefined
        ? {}
        : { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`Flink answered ${response.status} to ${path}: ${text.slice(0, 500)}`);
    const parsed = schema.safeParse(JSON.parse(text));
    if (!parsed.success) throw new Error(`Flink's answer to ${path} is not understood: ${parsed.error.message}`);
    return parsed.data;
  }
}
