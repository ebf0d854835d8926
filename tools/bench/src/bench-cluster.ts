import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { localSettings } from '@ad-analytics/local-stack/effective-config';
import { type FlinkCluster, startFlinkCluster } from '@ad-analytics/local-stack/flink-cluster';
import type { RestartPolicy } from '@ad-analytics/local-stack/flink-configuration';
import { findFlink } from '@ad-analytics/local-stack/flink-distribution';
import type { FlinkMemory } from '@ad-analytics/local-stack/flink-memory';
import type { FlinkJob } from '@ad-analytics/local-stack/job';
import { preferPartFailure, whenAborted } from '@ad-analytics/local-stack/part-failure';
import { Parts } from '@ad-analytics/local-stack/parts';
import { runOptions } from '@ad-analytics/local-stack/run-options';
import { type StartOptions, submitJob } from '@ad-analytics/local-stack/submit-job';
import type { ProjectEnvironment } from '@ad-analytics/local-stack/environment';
import { type PreparedInput, STREAM_FOLDERS } from './prepared-input';

/** Replaces the address of Kinesis, which these benchmarks do not use. */
const NO_ENDPOINT = 'http://127.0.0.1';

/** Settings of a cluster without Kinesis. */
export interface BenchClusterOptions {
  readonly environment: ProjectEnvironment;
  /** Folder of this cluster: logs, state, results. */
  readonly folder: string;
  readonly input: PreparedInput;
  /** As benchApplication has made it. */
  readonly application: string;
  readonly parallelism: number;
  readonly memory: FlinkMemory;
  /** Size of a write buffer of RocksDB, MiB. */
  readonly writeBuffer: number;
  readonly checkpointSeconds: number;
  /** How many cores the TaskManager may use; all if not given. */
  readonly taskManagerCores?: number | undefined;
  /** Settings of the job that differ from the defaults, by name. */
  readonly overrides?: Readonly<Record<string, string>>;
  /** The restart strategy of a failed job. Default: the job is not restarted. */
  readonly restart?: RestartPolicy;
  /** Whether results are kept, as lines of files in `results`. */
  readonly keepResults?: boolean;
}

/** A running cluster whose jobs read prepared records. */
export interface BenchCluster {
  readonly flink: FlinkCluster;
  readonly folder: string;
  readonly input: PreparedInput;
  /** @param python entry point, a path in the application; without it the packaged job */
  submit(python?: string, options?: StartOptions): Promise<FlinkJob>;
}

/**
 * Starts a Flink cluster, runs the work, and stops the cluster, even if the work fails.
 * @param interrupted ends it
 * @returns what the work returns
 * @throws PartFailedError, JobFailedError, the work's own error, or the signal's reason
 */
export async function withBenchCluster<T>(
  options: BenchClusterOptions,
  interrupted: AbortSignal,
  work: (cluster: BenchCluster) => Promise<T>,
): Promise<T> {
  const { environment, folder, input, parallelism, memory, checkpointSeconds } = options;
  layOut(folder, input, options.keepResults === true);
  const { groups, settings } = localSettings(
    environment.configFile,
    // All records exist before the job starts. A pause of the machine must not look like an idle shard.
    { 'idle.timeout.seconds': '3600', ...options.overrides },
    NO_ENDPOINT,
  );
  const configFile = path.join(folder, 'kinesis-config.json');
  writeFileSync(configFile, `${JSON.stringify(groups, null, 2)}\n`);
  const parts = new Parts();
  try {
    const start = async () =>
      startFlinkCluster(
        {
          java: environment.java,
          distribution: await findFlink(environment.python),
          region: settings.results.region,
          runFolder: folder,
          memory,
          writeBuffer: options.writeBuffer,
          parallelism,
          checkpointIntervalSeconds: checkpointSeconds,
          restart: options.restart ?? 'none',
          taskManagerCores: options.taskManagerCores,
        },
        parts,
      );
    const stopped = whenAborted(interrupted);
    const flink = await Promise.race([preferPartFailure(start(), parts), stopped]);
    const submit: BenchCluster['submit'] = (python, start = {}) =>
      submitJob(
        flink,
        {
          application: options.application,
          python: environment.python,
          configFile,
          runOptions: { ...runOptions(groups), ...(python === undefined ? {} : { python }) },
          ...start,
        },
        parts,
      );
    return await Promise.race([preferPartFailure(work({ flink, folder, input, submit }), parts), stopped]);
  } finally {
    await parts.stop();
  }
}

/** The processes of Flink have this as their working folder: the source and the sink of benchmarks look there. */
function layOut(folder: string, input: PreparedInput, keepResults: boolean): void {
  mkdirSync(path.join(folder, 'logs'), { recursive: true });
  mkdirSync(path.join(folder, 'input', 'progress'), { recursive: true });
  for (const stream of Object.values(STREAM_FOLDERS))
    symlinkSync(path.join(input.folder, stream), path.join(folder, 'input', stream), 'dir');
  if (keepResults) mkdirSync(path.join(folder, 'results'));
}
