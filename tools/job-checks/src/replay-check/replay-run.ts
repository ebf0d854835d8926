import type { PipelineSettings } from '@ad-analytics/pipeline-settings';
import { CommandError, JobFailedError } from '@ad-analytics/command-line/errors';
import type { FlinkJob } from '@ad-analytics/local-stack/job';
import { holdStream, releaseStream } from '@ad-analytics/local-stack/held-streams';
import { createOwnStreams } from '@ad-analytics/local-stack/own-streams';
import type { LocalStack } from '@ad-analytics/local-stack/stack';
import { waitUntil } from '@ad-analytics/command-line/wait-until';
import { waitUntilRead } from '@ad-analytics/pipeline/wait-until-read';
import type { BySource } from '@ad-analytics/result-records/result-tally';
import { MARKER, type RecordedEvent } from './recording';
import { type ResultSet, readAll, resultSet } from './result-set';
import { Sender } from './sender';
import { StreamFollower } from './stream-follower';
import { SHARD_FILL } from '@ad-analytics/local-stack/kinesis/skewed-keys';

const POLL_MS = 500;
/** Much longer than any step, even on a busy machine. */
const PATIENCE_MS = 300_000;
const FINAL_STATES = new Set(['FINISHED', 'FAILED', 'CANCELED']);

interface ReplayStart {
  readonly parallelism?: number;
  readonly application?: string | undefined;
}

/** One run of the job on separate streams, in a stack that several runs share. */
export class ReplayRun {
  private readonly jobs: FlinkJob[] = [];
  readonly sender: Sender;

  private constructor(
    private readonly stack: LocalStack,
    readonly name: string,
    readonly settings: PipelineSettings,
    /** File with the settings of the run. */
    readonly configFile: string,
    private readonly follower: StreamFollower,
    readonly signal: AbortSignal,
  ) {
    this.sender = new Sender(settings);
  }

  /**
   * Makes the streams of a run.
   * @param name of the run, part of the streams' names
   * @param overrides settings of this run that differ from the stack's, by name
   */
  static async prepare(
    stack: LocalStack,
    name: string,
    overrides: Readonly<Record<string, string>>,
    signal: AbortSignal,
  ): Promise<ReplayRun> {
    const { settings, configFile } = await createOwnStreams(stack, name, overrides, SHARD_FILL.length);
    const follower = await StreamFollower.start(stack.kinesis, settings.results.streamName, signal);
    return new ReplayRun(stack, name, settings, configFile, follower, signal);
  }

  /**
   * Submits the job and waits until it runs.
   * @param fromSavepoint location of a savepoint to continue from
   * @param other parallelism or folder of the unpacked application, if not the stack's
   */
  async start(fromSavepoint?: string, other: ReplayStart = {}): Promise<FlinkJob> {
    const job = await this.stack.submit(this.configFile, { fromSavepoint, ...other });
    this.jobs.push(job);
    await job.running(this.signal);
    return job;
  }

  /** Waits until a job that started without state has read these records and has nothing left to process. */
  async read(job: FlinkJob, records: readonly RecordedEvent[]): Promise<void> {
    const put: BySource = {
      impression: records.filter(({ stream }) => stream === 'impressions').length,
      click: records.filter(({ stream }) => stream === 'clicks').length,
    };
    await waitUntilRead(job, put, { signal: this.signal, onProgress: () => {} });
  }

  /** @returns results read so far, while the job runs */
  delivered(): readonly Uint8Array[] {
    return this.follower.soFar();
  }

  /** @returns how many results are in the stream now, including unread ones */
  async countDelivered(): Promise<number> {
    const byShard = await readAll(this.stack.kinesis, this.settings.results.streamName, this.signal);
    return [...byShard.values()].reduce((sum, records) => sum + records.length, 0);
  }

  /** @returns all results of a job that has ended */
  async results(): Promise<ResultSet> {
    return resultSet(await this.follower.end());
  }

  /** Lets the results' stream refuse all records: the job's results stay in its sink. */
  holdResults(): void {
    holdStream(this.stack.runFolder, this.settings.results.streamName);
  }

  /** Lets it take records again. */
  releaseResults(): void {
    releaseStream(this.stack.runFolder, this.settings.results.streamName);
  }

  /** @returns a counter of the job, over all its operators; 0 while it is missing */
  async counter(job: FlinkJob, name: string): Promise<number> {
    let sum = 0;
    for (const { id } of (await job.details()).vertices) {
      const names = (await job.rest.metricNames(job.id, id)).filter((metric) => metric.endsWith(`.${name}`));
      if (names.length > 0) for (const metric of await job.rest.metrics(job.id, id, names)) sum += metric.sum;
    }
    return sum;
  }

  /** @returns the records of an input stream, each shard in its order */
  input(stream: 'impressions' | 'clicks'): Promise<Map<string, Uint8Array[]>> {
    return readAll(this.stack.kinesis, this.settings[stream].streamName, this.signal);
  }

  /**
   * Waits for something in the results while the job runs; without a drain.
   * @param what is waited for, in words, for the message
   * @param isThere looks at what was delivered so far
   * @param pollMs between two looks
   * @throws JobFailedError when the job ends; CommandError when no result has come for a long time
   */
  async waitForResults(
    job: FlinkJob,
    what: string,
    isThere: (delivered: readonly Uint8Array[]) => boolean | Promise<boolean>,
    pollMs = POLL_MS,
  ): Promise<void> {
    await waitUntil(
      async () => {
        const { state } = await job.details();
        if (FINAL_STATES.has(state)) throw new JobFailedError(`The job is ${state}; waited for ${what}`);
        return (await isThere(this.delivered())) ? true : undefined;
      },
      {
        intervalMs: pollMs,
        timeoutMs: PATIENCE_MS,
        progress: () => this.delivered().length,
        signal: this.signal,
        onTimeout: () =>
          new CommandError(
            `${this.name}: no result has come for ${PATIENCE_MS / 1_000} s, and this is still missing: ${what}`,
          ),
      },
    );
  }

  /** Stops the sender, the job and the reader, so that the next run can use the stack. May be called after the end. */
  async close(): Promise<void> {
    await this.sender.close();
    // An interrupted stack is taken down with all that runs in it.
    if (!this.signal.aborted) for (const job of this.jobs) await job.cancel();
    await this.follower.end().catch(() => {});
  }

  /** Waits until every shard has been read to its end, which closes the window of the marker. Then ends the job with all windows closed. */
  async finish(job: FlinkJob): Promise<void> {
    const key = `:${MARKER}"`;
    await this.waitForResults(
      job,
      'the window of the marker, which closes when every shard is read to its end',
      (delivered) =>
        delivered.some((data) => {
          const text = Buffer.from(data).toString('utf8');
          return text.includes('"campaign_metrics:campaign:') && text.includes(key);
        }),
    );
    await job.drain(this.signal);
  }
}
