import { z } from 'zod';

/** Far more than an answer takes, on a machine that is busy with other things as well. */
const REQUEST_TIMEOUT_MS = 120_000;

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
const watermarksSchema = z.array(z.object({ id: z.string(), value: z.coerce.number() }));
const metricNamesSchema = z.array(z.object({ id: z.string() }));
const metricSumsSchema = z.array(z.object({ id: z.string(), sum: z.coerce.number(), max: z.coerce.number() }));
const taskManagersSchema = z.object({ taskmanagers: z.array(z.object({ id: z.string() })) });
const processMetricsSchema = z.array(z.object({ id: z.string(), value: z.coerce.number() }));
const triggerSchema = z.object({ 'request-id': z.string() });
const statusSchema = z.object({ id: z.enum(['IN_PROGRESS', 'COMPLETED']) });
const checkpointTriggerSchema = z.object({
  status: statusSchema,
  operation: z
    .object({
      checkpointId: z.number().nullish(),
      failureCause: z.object({ 'stack-trace': z.string() }).nullish(),
    })
    .nullish(),
});
const checkpointCountsSchema = z.object({ counts: z.object({ failed: z.number() }) });
const checkpointsSchema = z.object({
  latest: z.object({ restored: z.object({ id: z.number(), is_savepoint: z.boolean() }).nullish() }),
});
const checkpointDetailsSchema = z.object({
  state_size: z.number(),
  checkpointed_size: z.number(),
  end_to_end_duration: z.number(),
  /** By vertex. */
  tasks: z.record(z.string(), z.object({ state_size: z.number() })),
});
const savepointSchema = z.object({
  status: statusSchema,
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

/** Outcome of a checkpoint that was asked for. */
export type CheckpointOutcome =
  { status: 'running' } | { status: 'done'; id: number } | { status: 'failed'; cause: string };
/** Sizes in bytes (of the whole state, and of what this checkpoint had to write) and duration in milliseconds of a completed checkpoint. */
export type CheckpointDetails = z.infer<typeof checkpointDetailsSchema>;
/** What a job took up its state from. */
export type RestoredState = NonNullable<z.infer<typeof checkpointsSchema>['latest']['restored']>;

/**
 * Client of Flink's REST API, as far as it is used here. Every method rejects when Flink does not respond with success.
 */
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

  /**
   * @returns the watermark that each subtask of a vertex has got, in milliseconds since the epoch; empty for a source, and while
   *   Flink has not gathered them
   */
  async inputWatermarks(jobId: string, vertexId: string): Promise<number[]> {
    const watermarks = await this.call(watermarksSchema, `/jobs/${jobId}/vertices/${vertexId}/watermarks`);
    return watermarks.map(({ value }) => value);
  }

  /** @returns how often the job was restarted; undefined while Flink has not counted it */
  async restarts(jobId: string): Promise<number | undefined> {
    const [restarts] = await this.call(processMetricsSchema, `/jobs/${jobId}/metrics?get=numRestarts`);
    return restarts?.value;
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
   * @returns CPU time that the TaskManagers' processes have used since they began, all together, in seconds; undefined while
   *   Flink has not gathered it of each of them, which it begins when first asked
   */
  async taskManagerCpuSeconds(): Promise<number | undefined> {
    const { taskmanagers } = await this.call(taskManagersSchema, '/taskmanagers');
    const times = await Promise.all(
      taskmanagers.map(({ id }) =>
        this.call(processMetricsSchema, `/taskmanagers/${encodeURIComponent(id)}/metrics?get=Status.JVM.CPU.Time`),
      ),
    );
    if (times.length === 0 || times.some((of) => of.length === 0)) return undefined;
    return times.flat().reduce((sum, { value }) => sum + value, 0) / 1e9;
  }

  /**
   * Ends a job with a savepoint.
   * @param drain true: with its results complete, the sources emit their final watermark and every window closes; false: as
   *   it stands, to continue from the savepoint
   * @returns id to ask `stopOutcome` with
   */
  async stop(jobId: string, drain: boolean): Promise<string> {
    const answer = await this.call(triggerSchema, `/jobs/${jobId}/stop`, { drain });
    return answer['request-id'];
  }

  async stopOutcome(jobId: string, requestId: string): Promise<StopOutcome> {
    const { status, operation } = await this.call(savepointSchema, `/jobs/${jobId}/savepoints/${requestId}`);
    if (status.id === 'IN_PROGRESS') return { status: 'running' };
    if (operation?.location !== undefined) return { status: 'done', location: operation.location };
    return { status: 'failed', cause: operation?.['failure-cause']?.['stack-trace'] ?? 'no reason given' };
  }

  /** Asks for a checkpoint besides the periodic ones. @returns id to ask `checkpointOutcome` with */
  async triggerCheckpoint(jobId: string): Promise<string> {
    const answer = await this.call(triggerSchema, `/jobs/${jobId}/checkpoints`, { checkpointType: 'CONFIGURED' });
    return answer['request-id'];
  }

  async checkpointOutcome(jobId: string, requestId: string): Promise<CheckpointOutcome> {
    const { status, operation } = await this.call(checkpointTriggerSchema, `/jobs/${jobId}/checkpoints/${requestId}`);
    if (status.id === 'IN_PROGRESS') return { status: 'running' };
    if (typeof operation?.checkpointId === 'number') return { status: 'done', id: operation.checkpointId };
    return { status: 'failed', cause: operation?.failureCause?.['stack-trace'] ?? 'no reason given' };
  }

  checkpointDetails(jobId: string, checkpointId: number): Promise<CheckpointDetails> {
    return this.call(checkpointDetailsSchema, `/jobs/${jobId}/checkpoints/details/${checkpointId}`);
  }

  /** @returns the checkpoint or savepoint that the job last took up its state from; undefined when it began with none */
  async restored(jobId: string): Promise<RestoredState | undefined> {
    const { latest } = await this.call(checkpointsSchema, `/jobs/${jobId}/checkpoints`);
    return latest.restored ?? undefined;
  }

  /** @returns how many checkpoints of the job failed, since its JobManager began */
  async failedCheckpoints(jobId: string): Promise<number> {
    return (await this.call(checkpointCountsSchema, `/jobs/${jobId}/checkpoints`)).counts.failed;
  }

  /** Ends a job as it stands, without a savepoint. */
  async cancel(jobId: string): Promise<void> {
    await this.call(z.unknown(), `/jobs/${jobId}?mode=cancel`, {}, 'PATCH');
  }

  private async call<T>(schema: z.ZodType<T>, path: string, body?: object, method = 'POST'): Promise<T> {
    const response = await fetch(this.url + path, {
      signal: AbortSignal.timeout(REQUEST_TIMEOUT_MS),
      ...(body === undefined
        ? {}
        : { method, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`Flink answered ${response.status} to ${path}: ${text.slice(0, 500)}`);
    const parsed = schema.safeParse(JSON.parse(text));
    if (!parsed.success) throw new Error(`Flink's answer to ${path} cannot be parsed: ${parsed.error.message}`);
    return parsed.data;
  }
}
