import { setTimeout as sleep } from 'node:timers/promises';
import { JobFailedError } from '@ad-analytics/command-line/errors';
import type { FlinkRest, JobDetails } from './flink-rest';
import { rootCause } from './root-cause';
import { waitUntil } from '@ad-analytics/command-line/wait-until';

const POLL_MS = 500;
const START_TIMEOUT_MS = 300_000;
const DRAIN_TIMEOUT_MS = 30 * 60_000;
const CANCEL_TIMEOUT_MS = 120_000;
const CHECKPOINT_TIMEOUT_MS = 5 * 60_000;
const FINAL_STATES = new Set(['FINISHED', 'FAILED', 'CANCELED']);

/** A submitted job, observed through the REST API. */
export class FlinkJob {
  private readonly seen = new Set<string>();

  constructor(
    readonly rest: FlinkRest,
    readonly id: string,
    /** Folder with the complete logs, for messages. */
    private readonly logFolder: string,
  ) {}

  details(): Promise<JobDetails> {
    return this.rest.job(this.id);
  }

  /** Waits until every task is running. @throws JobFailedError when the job fails, or not all tasks run in time */
  async running(signal?: AbortSignal): Promise<void> {
    await waitUntil(
      async () => {
        const job = await this.details();
        if (FINAL_STATES.has(job.state)) throw await this.failure(`The job is ${job.state}`);
        return job.state === 'RUNNING' && job.vertices.every((vertex) => vertex.status === 'RUNNING')
          ? true
          : undefined;
      },
      {
        intervalMs: POLL_MS,
        timeoutMs: START_TIMEOUT_MS,
        onTimeout: () =>
          new JobFailedError(`The job has not started after ${START_TIMEOUT_MS / 1000} s; see ${this.logFolder}`),
        ...(signal ? { signal } : {}),
      },
    );
  }

  /**
   * Watches the job until it ends or the signal comes.
   * @param onFailure called once for each failure that Flink recovers from, with its root cause
   * @param signal ends the watch
   * @returns when the job is FINISHED or the signal was sent
   * @throws JobFailedError when the job is FAILED or CANCELED
   */
  async watch(onFailure: (cause: string) => void, signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const { state } = await this.details();
      if (state === 'FINISHED') return;
      if (FINAL_STATES.has(state)) throw await this.failure(`The job is ${state}`);
      for (const exception of (await this.rest.exceptions(this.id)).reverse()) {
        const key = `${exception.timestamp} ${exception.exceptionName}`;
        if (this.seen.has(key)) continue;
        this.seen.add(key);
        onFailure(rootCause(exception.stacktrace));
      }
      await sleep(POLL_MS, undefined, { signal }).catch(() => {});
    }
  }

  /**
   * Ends the job with complete results: final watermark, every window closed, all results written.
   * @throws JobFailedError when it does not finish
   */
  async drain(signal?: AbortSignal): Promise<void> {
    await this.stop(true, signal);
  }

  /**
   * Stops the job without closing its open windows. Another job can continue from the savepoint.
   * @returns location of the savepoint
   * @throws JobFailedError when it does not finish
   */
  stopWithSavepoint(signal?: AbortSignal): Promise<string> {
    return this.stop(false, signal);
  }

  /** Takes a checkpoint now. @returns its id @throws JobFailedError when Flink cannot complete it */
  async checkpoint(signal?: AbortSignal): Promise<number> {
    const request = await this.rest.triggerCheckpoint(this.id);
    return waitUntil(
      async () => {
        const outcome = await this.rest.checkpointOutcome(this.id, request);
        if (outcome.status === 'failed')
          throw new JobFailedError(`The checkpoint could not be taken: ${rootCause(outcome.cause)}`);
        return outcome.status === 'done' ? outcome.id : undefined;
      },
      {
        intervalMs: POLL_MS,
        timeoutMs: CHECKPOINT_TIMEOUT_MS,
        onTimeout: () =>
          new JobFailedError(
            `The job did not complete a checkpoint within ${CHECKPOINT_TIMEOUT_MS / 60_000} min; see ${this.logFolder}`,
          ),
        ...(signal ? { signal } : {}),
      },
    );
  }

  /** Cancels the job if it has not ended; its state is lost. */
  async cancel(): Promise<void> {
    const ended = async () => FINAL_STATES.has((await this.details()).state);
    if (await ended()) return;
    await this.rest.cancel(this.id);
    await waitUntil(async () => ((await ended()) ? true : undefined), {
      intervalMs: POLL_MS,
      timeoutMs: CANCEL_TIMEOUT_MS,
      onTimeout: () =>
        new JobFailedError(
          `The job did not stop within ${CANCEL_TIMEOUT_MS / 1_000} s after it was canceled; see ${this.logFolder}`,
        ),
    });
  }

  private async stop(drain: boolean, signal?: AbortSignal): Promise<string> {
    const request = await this.rest.stop(this.id, drain);
    return waitUntil(
      async () => {
        const outcome = await this.rest.stopOutcome(this.id, request);
        if (outcome.status === 'failed')
          throw new JobFailedError(
            `The job could not be ${drain ? 'drained' : 'stopped with a savepoint'}: ${rootCause(outcome.cause)}`,
          );
        const { state } = await this.details();
        if (state === 'FAILED' || state === 'CANCELED') throw await this.failure(`The job is ${state}`);
        return outcome.status === 'done' && state === 'FINISHED' ? outcome.location : undefined;
      },
      {
        intervalMs: POLL_MS,
        timeoutMs: DRAIN_TIMEOUT_MS,
        onTimeout: () =>
          new JobFailedError(`The job did not finish within ${DRAIN_TIMEOUT_MS / 60_000} min; see ${this.logFolder}`),
        ...(signal ? { signal } : {}),
      },
    );
  }

  private async failure(what: string): Promise<JobFailedError> {
    const [latest] = await this.rest.exceptions(this.id);
    const cause = latest ? rootCause(latest.stacktrace) : 'Flink did not report an exception';
    return new JobFailedError(`${what}: ${cause}\nFull text: ${this.logFolder}`);
  }
}
