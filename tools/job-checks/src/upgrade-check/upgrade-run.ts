import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { loadPropertyGroups, type PipelineSettings } from '@ad-analytics/pipeline-settings';
import { listShardIds } from '@ad-analytics/local-stack/kinesis/read-shard';
import { localSettings } from '@ad-analytics/local-stack/effective-config';
import { CommandError, JobFailedError } from '@ad-analytics/command-line/errors';
import type { FlinkJob } from '@ad-analytics/local-stack/job';
import type { LocalStack } from '@ad-analytics/local-stack/stack';
import { createStreams } from '@ad-analytics/local-stack/streams';
import type { StartOptions } from '@ad-analytics/local-stack/submit-job';
import { waitUntil } from '@ad-analytics/command-line/wait-until';
import { waitUntilRead } from '@ad-analytics/pipeline/wait-until-read';
import type { RecordedEvent } from '../replay-check/recording';
import { Sender } from '../replay-check/sender';
import { StreamFollower } from '../replay-check/stream-follower';
import type { Input, SourceRecord } from '@ad-analytics/verify/input';
import { streamInput } from '@ad-analytics/verify/stream-input';
import { SHARDS } from './traffic';

const POLL_MS = 500;
/** Much longer than any step, even on a busy machine. */
const PATIENCE_MS = 180_000;
/** Longer than a result waits in the sink (1 s), and than its request takes on a busy machine. */
const QUIET_MS = 6_000;
const FINAL_STATES = new Set(['FINISHED', 'FAILED', 'CANCELED']);

/** The two input streams. */
export type InputStream = 'impressions' | 'clicks';
/** Records of an input stream with their positions. */
export type KeptRecords = Readonly<Record<InputStream, readonly SourceRecord[]>>;

/** Jobs that follow each other over the same streams, each from the savepoint of the one before. */
export class UpgradeRun {
  private readonly jobs: FlinkJob[] = [];
  /** Records of removed shards, and records from before the streams were created. */
  private readonly kept: Record<InputStream, SourceRecord[]> = { impressions: [], clicks: [] };

  private constructor(
    private readonly stack: LocalStack,
    readonly name: string,
    private readonly streamNames: Readonly<Record<string, string>>,
    readonly settings: PipelineSettings,
    readonly sender: Sender,
    private readonly follower: StreamFollower,
    readonly signal: AbortSignal,
  ) {}

  /** Makes the streams of a run. @param name part of the streams' names */
  static async prepare(stack: LocalStack, name: string, signal: AbortSignal): Promise<UpgradeRun> {
    const streamNames = Object.fromEntries(
      loadPropertyGroups(stack.configFile).flatMap(({ PropertyGroupId, PropertyMap }) => {
        const stream = PropertyMap['stream.name'];
        return stream === undefined ? [] : [[`${PropertyGroupId}/stream.name`, `${stream}-${name}`]];
      }),
    ) as Record<string, string>;
    const { settings } = localSettings(stack.configFile, streamNames, stack.endpoint);
    const streams = [settings.impressions, settings.clicks, settings.results].map(({ streamName }) => streamName);
    await createStreams(stack.kinesis, streams, SHARDS);
    const follower = await StreamFollower.start(stack.kinesis, settings.results.streamName, signal);
    return new UpgradeRun(stack, name, streamNames, settings, new Sender(settings), follower, signal);
  }

  /** @returns the run's settings with these changes, by name */
  settingsWith(changes: Readonly<Record<string, string>>): PipelineSettings {
    return this.changed(changes).settings;
  }

  private changed(changes: Readonly<Record<string, string>>) {
    return localSettings(this.stack.configFile, { ...this.streamNames, ...changes }, this.stack.endpoint);
  }

  /**
   * Starts a job; no other one may run.
   * @param changes of the settings, by name
   * @param options how it starts
   * @returns the job, as soon as it is accepted
   */
  async submit(
    changes: Readonly<Record<string, string>>,
    options: StartOptions & { readonly application?: string | undefined },
  ): Promise<FlinkJob> {
    const folder = path.join(this.stack.runFolder, 'settings');
    mkdirSync(folder, { recursive: true });
    const file = path.join(folder, `${this.name}-${this.jobs.length + 1}.json`);
    writeFileSync(file, `${JSON.stringify(this.changed(changes).groups, null, 2)}\n`);
    const job = await this.stack.submit(file, options);
    this.jobs.push(job);
    return job;
  }

  /** Waits until every operator has the watermark of all that was sent. @param watermark milliseconds since the epoch */
  async reached(job: FlinkJob, watermark: number): Promise<void> {
    let seen = '';
    await this.waitUntil(
      async () => {
        const { state, vertices } = await job.details();
        if (FINAL_STATES.has(state)) throw new JobFailedError(`The job is ${state}; waited for its watermark`);
        const behind = vertices.filter(({ name }) => !name.startsWith('Source:'));
        const watermarks = await Promise.all(behind.map(({ id }) => job.rest.inputWatermarks(job.id, id)));
        seen = watermarks.map((of) => of.join(' ')).join(', ');
        return behind.every(
          ({ parallelism }, place) =>
            (watermarks[place]?.length ?? 0) >= parallelism && watermarks[place]?.every((at) => at >= watermark),
        );
      },
      (patience) => `the watermark did not reach ${watermark} within ${patience}; it is ${seen}`,
    );
  }

  /** @param failure the message, given the time that has passed */
  private async waitUntil(isDone: () => Promise<boolean>, failure: (patience: string) => string): Promise<void> {
    await waitUntil(async () => (await isDone()) || undefined, {
      intervalMs: POLL_MS,
      timeoutMs: PATIENCE_MS,
      signal: this.signal,
      onTimeout: () => new CommandError(`${this.name}: ${failure(`${PATIENCE_MS / 1_000} s`)}`),
    });
  }

  /** Waits until a job has read this number of records since its start, and has nothing left to process. */
  async read(job: FlinkJob, records: readonly RecordedEvent[]): Promise<void> {
    const count = (of: InputStream) => records.filter(({ stream }) => stream === of).length;
    const put = { impression: count('impressions'), click: count('clicks') };
    await waitUntilRead(job, put, { signal: this.signal, onProgress: () => {} });
  }

  /** Adds records that the job has read and that are in no shard. */
  keep(records: KeptRecords): void {
    for (const stream of ['impressions', 'clicks'] as const) this.kept[stream].push(...records[stream]);
  }

  /** Reads what lies in the input streams now. */
  async stored(): Promise<KeptRecords> {
    return { impressions: await this.recordsIn('impressions'), clicks: await this.recordsIn('clicks') };
  }

  private async recordsIn(stream: InputStream | 'results'): Promise<SourceRecord[]> {
    const records: SourceRecord[] = [];
    const { streamName } = this.settings[stream];
    for await (const record of streamInput(this.stack.kinesis, streamName, this.signal).records()) records.push(record);
    return records;
  }

  /** Keeps the records of shards that are about to be removed. */
  async keepShards(stream: InputStream, shards: readonly string[]): Promise<void> {
    const stored = await this.stored();
    this.kept[stream].push(...stored[stream].filter(({ shard }) => shards.includes(shard)));
  }

  shards(stream: InputStream): Promise<string[]> {
    return listShardIds(this.stack.kinesis, this.settings[stream].streamName);
  }

  /**
   * All records of an input stream, for the independent computation.
   * @param isLeftOut whether a record is withheld from it
   */
  input(stream: InputStream, isLeftOut: (data: Uint8Array) => boolean): Input {
    const { kept, stack, settings, signal } = this;
    async function* records() {
      for (const record of kept[stream]) if (!isLeftOut(record.data)) yield record;
      const inStream = streamInput(stack.kinesis, settings[stream].streamName, signal);
      for await (const record of inStream.records()) if (!isLeftOut(record.data)) yield record;
    }
    return { hasPositions: true, records };
  }

  /** Waits until the sink has delivered what it had buffered: a savepoint contains its buffer. */
  async deliveredAll(): Promise<void> {
    let count = -1;
    let since = 0;
    await this.waitUntil(
      async () => {
        const { length } = this.follower.soFar();
        if (length !== count) [count, since] = [length, Date.now()];
        return Date.now() - since >= QUIET_MS;
      },
      (patience) => `the results did not end within ${patience}`,
    );
  }

  /**
   * Waits until all results that lie in the stream have been read. No job may run.
   * @returns their number
   */
  async delivered(): Promise<number> {
    const { length: count } = await this.recordsIn('results');
    await this.waitUntil(
      async () => this.follower.soFar().length >= count,
      (patience) => `the results were not read within ${patience}`,
    );
    return count;
  }

  /** Ends the reading of the results. @returns all of them, in the order of their delivery */
  results(): Promise<readonly Uint8Array[]> {
    return this.follower.end();
  }

  /** Stops the sender, the jobs and the reader. May be called after the end. */
  async close(): Promise<void> {
    await this.sender.close();
    // An interrupted stack is taken down with all that runs in it.
    if (!this.signal.aborted) for (const job of this.jobs) await job.cancel();
    await this.follower.end().catch(() => {});
  }
}
