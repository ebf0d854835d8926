import { z } from 'zod';

/** Far longer than a response takes, also on a busy machine. */
const REQUEST_TIMEOUT_MS = 120_000;

const overviewSchema = z.object({ 'slots-available': z.number() });
const jobsSchema = z.object({ jobs: z.array(z.object({ jid: z.string(), name: z.string(), state: z.string() })) });
const jobSchema = z.object({
  state: z.string(),
  vertices: z.array(z.object({ id: z.string(), name: z.string(), parallelism: z.number(), status: z.string() })),
});
/** When a job last entered a state, in milliseconds since the epoch; 0 if it never did. */
const jobTimesSchema = z.object({ timestamps: z.object({ RESTARTING: z.number() }) });
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
const checkpointCountsSchema = z.object({ counts: z.object({ completed: z.number(), failed: z.number() }) });
const checkpointsSchema = z.object({
  latest: z.object({
    restored: z.object({ id: z.number(), is_savepoint: z.boolean() }).nullish(),
    completed: z.object({ id: z.number(), state_size: z.number(), end_to_end_duration: z.number() }).nullish(),
  }),
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
/** A failure in Flink's exception history; `stacktrace` includes the causes. */
export type JobException = z.infer<typeof exceptionsSchema>['exceptionHistory']['entries'][number];
/** A metric, aggregated over all subtasks of a vertex. */
export type VertexMetric = z.infer<typeof metricSumsSchema>[number];
/** Outcome of a stop with a savepoint. */
export type StopOutcome =
  { status: 'running' } | { status: 'done'; location: string } | { status: 'failed'; cause: string };

/** Outcome of a requested checkpoint. */
export type CheckpointOutcome =
  { status: 'running' } | { status: 'done'; id: number } | { status: 'failed'; cause: string };
/** A completed checkpoint: size of the complete state and of the data that it wrote, in bytes; duration in milliseconds. */
export type CheckpointDetails = z.infer<typeof checkpointDetailsSchema>;
/** The latest completed checkpoint: size of the complete state in bytes, and duration in milliseconds. */
export type LatestCheckpoint = NonNullable<z.infer<typeof checkpointsSchema>['latest']['completed']>;
/** The checkpoint or savepoint from which a job restored its state. */
export type RestoredState = NonNullable<z.infer<typeof checkpointsSchema>['latest']['restored']>;

/**
 * Client of the used part of Flink's REST API. Every method rejects if Flink does not respond with success.
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
   * @returns the watermark of each subtask of a vertex, in milliseconds since the epoch; empty for a source, and until Flink has collected
   *   them
   */
  async inputWatermarks(jobId: string, vertexId: string): Promise<number[]> {
    const watermarks = await this.call(watermarksSchema, `/jobs/${jobId}/vertices/${vertexId}/watermarks`);
    return watermarks.map(({ value }) => value);
  }

  /** @returns when the latest restart of the job began, in milliseconds since the epoch; 0 if it never restarted */
  async latestRestart(jobId: string): Promise<number> {
    return (await this.call(jobTimesSchema, `/jobs/${jobId}`)).timestamps.RESTARTING;
  }

  /** @returns number of restarts of the job; undefined until Flink has collected it */
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
   * @returns the metrics that exist so far, each aggregated over all subtasks
   */
  metrics(jobId: string, vertexId: string, names: readonly string[]): Promise<VertexMetric[]> {
    const query = names.map(encodeURIComponent).join(',');
    return this.call(metricSumsSchema, `/jobs/${jobId}/vertices/${vertexId}/subtasks/metrics?get=${query}&agg=sum,max`);
  }

  /**
   * @returns total CPU time of all TaskManager processes since their start, in seconds; undefined until Flink has collected it from each of
   *   them, which it begins at the first request
   */
  async taskManagerCpuSeconds(): Promise<number | undefined> {
    const [nanoseconds] = (await this.taskManagerMetrics(['Status.JVM.CPU.Time'])) ?? [];
    return nanoseconds === undefined ? undefined : nanoseconds / 1e9;
  }

  /**
   * @param names of metrics of a TaskManager
   * @returns for each name, the sum over all TaskManagers; undefined until Flink has collected all of them, which it begins at the first
   *   request
   */
  async taskManagerMetrics(names: readonly string[]): Promise<number[] | undefined> {
    const { taskmanagers } = await this.call(taskManagersSchema, '/taskmanagers');
    const found = await Promise.all(
      taskmanagers.map(({ id }) =>
        this.call(processMetricsSchema, `/taskmanagers/${encodeURIComponent(id)}/metrics?get=${names.join(',')}`),
      ),
    );
    if (found.length === 0 || found.some((of) => of.length < names.length)) return undefined;
    return names.map((name) => found.flat().reduce((sum, { id, value }) => sum + (id === name ? value : 0), 0));
  }

  /**
   * Ends a job with a savepoint.
   * @param drain true: the sources emit their final watermark and every window closes, so the results are complete; false: windows stay
   *   open, to continue from the savepoint
   * @returns id for `stopOutcome`
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

  /** Requests a checkpoint in addition to the periodic ones. @returns id for `checkpointOutcome` */
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

  /** @returns the checkpoint or savepoint from which the job last restored its state; undefined if it started without state */
  async restored(jobId: string): Promise<RestoredState | undefined> {
    const { latest } = await this.call(checkpointsSchema, `/jobs/${jobId}/checkpoints`);
    return latest.restored ?? undefined;
  }

  /** @returns the latest completed checkpoint of the job; undefined if it has none */
  async latestCheckpoint(jobId: string): Promise<LatestCheckpoint | undefined> {
    const { latest } = await this.call(checkpointsSchema, `/jobs/${jobId}/checkpoints`);
    return latest.completed ?? undefined;
  }

  /** @returns number of completed checkpoints of the job since the start of its JobManager */
  async completedCheckpoints(jobId: string): Promise<number> {
    return (await this.call(checkpointCountsSchema, `/jobs/${jobId}/checkpoints`)).counts.completed;
  }

  /** @returns number of failed checkpoints of the job since the start of its JobManager */
  async failedCheckpoints(jobId: string): Promise<number> {
    return (await this.call(checkpointCountsSchema, `/jobs/${jobId}/checkpoints`)).counts.failed;
  }

  /** Cancels a job without a savepoint. */
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
    if (!response.ok) throw new Error(`Flink responded with ${response.status} to ${path}: ${text.slice(0, 500)}`);
    const parsed = schema.safeParse(JSON.parse(text));
    if (!parsed.success) throw new Error(`Flink's response to ${path} cannot be parsed: ${parsed.error.message}`);
    return parsed.data;
  }
}
