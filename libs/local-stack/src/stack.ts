import { writeFileSync } from 'node:fs';
import path from 'node:path';
import type { KinesisClient } from '@aws-sdk/client-kinesis';
import type { PipelineSettings } from '@ad-analytics/pipeline-settings';
import { unpackApplication } from './application-package';
import { removeCurrentStack, currentStackFile, writeCurrentStack } from './current-stack';
import { localSettings } from './effective-config';
import { type EmulatorApplication, startEmulator } from './emulator';
import { type FlinkCluster, startFlinkCluster } from './flink-cluster';
import type { RestartPolicy } from './flink-configuration';
import { findFlink } from './flink-distribution';
import type { FlinkMemory } from './flink-memory';
import type { FlinkJob } from './job';
import { localKinesisClient } from './kinesis-client';
import { preferPartFailure, whenAborted } from './part-failure';
import { Parts } from './parts';
import { createRunFolder } from './run-folder';
import { runOptions } from './run-options';
import { createStreams } from './streams';
import { type StartOptions, submitJob } from './submit-job';

/** Placeholder for the endpoint until it is known. */
const ANY_ENDPOINT = 'http://127.0.0.1';

/** Input of a local stack. */
export interface StackOptions {
  /** Name of the run, part of its folder's name. */
  readonly name: string;
  /** Folder of all runs. */
  readonly runRoot: string;
  /** Python of the project's environment. */
  readonly python: string;
  /** Java program. */
  readonly java: string;
  /** The deployable zip. */
  readonly packageZip: string;
  /** The committed settings. */
  readonly configFile: string;
  /** Overridden settings of this run, by name. */
  readonly overrides: Readonly<Record<string, string>>;
  /** Shards of each stream. */
  readonly shards: number;
  readonly parallelism: number;
  readonly memory: FlinkMemory;
  readonly checkpointIntervalSeconds: number;
  readonly restart: RestartPolicy;
  /** Extension of MiniStack; optional. */
  readonly emulator?: EmulatorApplication;
  /** Whether a killed JobManager can be replaced by another one, see FlinkCluster. */
  readonly highAvailability?: boolean;
  /** Number of cores that the TaskManager may use; default: all, see onCores. */
  readonly taskManagerCores?: number | undefined;
  /** Whether the first results matter more than the throughput of the first minute. */
  readonly fastStart?: boolean;
  /** Whether the Authorization header of each request to the local AWS is written to a file, see credentialsLog. */
  readonly logCredentials?: boolean;
  /** Called with each step, as one line. */
  readonly onProgress: (line: string) => void;
}

/** A running local stack. */
export interface LocalStack {
  readonly endpoint: string;
  readonly region: string;
  readonly runFolder: string;
  readonly settings: PipelineSettings;
  /** The settings file of the job. */
  readonly configFile: string;
  readonly kinesis: KinesisClient;
  readonly flink: FlinkCluster;
  /** Processes of the run; a command may add its own. */
  readonly parts: Parts;
  /**
   * Submits the packaged application.
   * @param settingsFile settings file of the job instead of `configFile`
   * @param options how it starts; `application`: folder of another unpacked zip
   */
  submit(
    settingsFile?: string,
    options?: StartOptions & { readonly application?: string | undefined },
  ): Promise<FlinkJob>;
}

/** @returns path of a run's file with the Authorization header of each request to the local AWS; it exists only on request */
export function credentialsLog(runFolder: string): string {
  return path.join(runFolder, 'logs', 'credentials.log');
}

async function startStack(options: StackOptions, parts: Parts, runFolder: string): Promise<LocalStack> {
  const { python, java, memory, parallelism, checkpointIntervalSeconds, restart, highAvailability = false } = options;
  // Rejects wrong settings before anything is started; the endpoint is set once it is known.
  const { settings: wanted } = localSettings(options.configFile, options.overrides, ANY_ENDPOINT);
  const { region } = wanted.results;
  const logFile = path.join(runFolder, 'logs', 'ministack.log');
  const startKinesis = async () => {
    const emulator = await startEmulator(
      {
        python,
        folder: runFolder,
        logFile,
        region,
        application: options.emulator,
        credentialsLog: options.logCredentials === true ? credentialsLog(runFolder) : undefined,
      },
      parts,
    );
    const client = localKinesisClient(emulator.endpoint, region);
    const streams = [wanted.impressions, wanted.clicks, wanted.results].map((stream) => stream.streamName);
    await createStreams(client, streams, options.shards);
    return { endpoint: emulator.endpoint, client };
  };
  options.onProgress('Starting the local AWS (Kinesis) and Flink');
  const [kinesis, flink, application] = await Promise.all([
    startKinesis(),
    findFlink(python).then((distribution) =>
      startFlinkCluster(
        {
          java,
          distribution,
          region,
          runFolder,
          memory,
          parallelism,
          checkpointIntervalSeconds,
          restart,
          highAvailability,
          taskManagerCores: options.taskManagerCores,
          fastStart: options.fastStart ?? false,
        },
        parts,
      ),
    ),
    unpackApplication({ zip: options.packageZip, folder: path.join(runFolder, 'application'), python }),
  ]);
  const { groups, settings } = localSettings(options.configFile, options.overrides, kinesis.endpoint);
  const configFile = path.join(runFolder, 'kinesis-config.json');
  writeFileSync(configFile, `${JSON.stringify(groups, null, 2)}\n`);
  return {
    endpoint: kinesis.endpoint,
    region,
    runFolder,
    settings,
    configFile,
    kinesis: kinesis.client,
    flink,
    parts,
    submit: (settingsFile = configFile, { application: other = application, ...start } = {}) => {
      const request = {
        application: other,
        python,
        configFile: settingsFile,
        runOptions: runOptions(groups),
        ...start,
      };
      return submitJob(flink, request, parts);
    },
  };
}

/**
 * Starts a local stack, runs `work` with it, and always stops it: when the work ends, fails or is interrupted, and when a part dies.
 * @param options see StackOptions
 * @param interrupted aborts the start; the work must handle the signal itself, to end in an orderly way
 * @param work called with the running stack
 * @returns the result of `work`
 * @throws PartFailedError, JobFailedError, the work's own error, or the signal's reason
 */
export async function withLocalStack<T>(
  options: StackOptions,
  interrupted: AbortSignal,
  work: (stack: LocalStack) => Promise<T>,
): Promise<T> {
  const runFolder = createRunFolder(options.runRoot, options.name);
  options.onProgress(`Logs of this run: ${runFolder}`);
  const parts = new Parts();
  const started = Date.now();
  try {
    const stack = await Promise.race([
      preferPartFailure(startStack(options, parts, runFolder), parts),
      whenAborted(interrupted),
    ]);
    const { endpoint, region, configFile } = stack;
    parts.guardFile(currentStackFile(options.runRoot));
    const flinkRest = stack.flink.rest.url;
    writeCurrentStack(options.runRoot, { pid: process.pid, endpoint, region, configFile, flinkRest, runFolder });
    options.onProgress(
      `The stack is up after ${((Date.now() - started) / 1000).toFixed(1)} s: AWS ${endpoint}, Flink ${flinkRest}`,
    );
    return await preferPartFailure(work(stack), parts);
  } finally {
    await parts.stop();
    removeCurrentStack(options.runRoot, process.pid);
  }
}
