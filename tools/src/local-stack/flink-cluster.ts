import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { PartFailedError } from './errors';
import { type FlinkConfigurationInput, writeFlinkConfiguration } from './flink-configuration';
import type { FlinkDistribution } from './flink-distribution';
import { jobManagerJvmOptions, taskManagerJvmOptions } from './flink-memory';
import { FlinkRest } from './flink-rest';
import { freePorts } from './free-port';
import { localAwsEnvironment } from './local-aws-environment';
import type { ProcessSpec } from './managed-process';
import type { Parts } from './parts';
import { waitUntil } from './wait-until';

const STARTUP_TIMEOUT_MS = 90_000;

/** What every Flink process of a run shares. */
export interface FlinkRuntime {
  readonly distribution: FlinkDistribution;
  /** Java program. */
  readonly java: string;
  readonly runFolder: string;
  readonly confDir: string;
  readonly region: string;
}

/** A running standalone cluster: one JobManager, one TaskManager. */
export interface FlinkCluster {
  readonly runtime: FlinkRuntime;
  readonly rest: FlinkRest;
  /**
   * Kills the TaskManager as a crash of its machine would, and starts another one. Does not wait for it: a job that may restart
   * takes its slots as soon as they are there.
   */
  replaceTaskManager(): Promise<void>;
}

/**
 * @param runtime of this run
 * @param name of the process, for example "Flink JobManager"
 * @param logName file name of its log, without ending
 * @param mainClass Java class
 * @param jvmOptions memory and the like
 * @param args of the class
 * @returns how to start a Flink JVM, as the distribution's shell scripts do, but as a direct child and without a shell
 */
export function flinkProcess(
  runtime: FlinkRuntime,
  name: string,
  logName: string,
  mainClass: string,
  jvmOptions: readonly string[],
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
): ProcessSpec {
  const { distribution, runFolder, confDir } = runtime;
  const temporary = path.join(runFolder, 'tmp');
  const ownLogFile = path.join(runFolder, 'logs', `${logName}.log`);
  mkdirSync(temporary, { recursive: true });
  return {
    name,
    command: runtime.java,
    args: [
      ...jvmOptions,
      ...distribution.moduleOptions,
      `-Dlog.file=${ownLogFile}`,
      `-Dlog4j.configurationFile=${path.join(confDir, 'log4j.properties')}`,
      `-Djava.io.tmpdir=${temporary}`,
      '-classpath',
      distribution.classPath,
      mainClass,
      ...args,
    ],
    cwd: runFolder,
    env: localAwsEnvironment(runtime.region, {
      // MiniStack writes arrival times in CBOR as seconds, where Kinesis and the SDK of the connector have milliseconds: every
      // record would have arrived in January 1970, and be rejected as one from the future. In JSON they are right.
      AWS_CBOR_DISABLE: 'true',
      FLINK_CONF_DIR: confDir,
      FLINK_HOME: distribution.home,
      FLINK_LIB_DIR: path.join(distribution.home, 'lib'),
      FLINK_OPT_DIR: path.join(distribution.home, 'opt'),
      FLINK_PLUGINS_DIR: path.join(distribution.home, 'plugins'),
      ...env,
    }),
    logFile: path.join(runFolder, 'logs', `${logName}.out`),
    ownLogFile,
  };
}

/**
 * Starts a standalone session cluster and waits until its slots are there.
 * @param options Java program, distribution, region and the configuration but for the ports, which are found
 * @throws PartFailedError when a process ends or the slots do not come in time
 */
export async function startFlinkCluster(
  options: { java: string; distribution: FlinkDistribution; region: string } & Omit<
    FlinkConfigurationInput,
    'restPort' | 'rpcPort'
  >,
  parts: Parts,
): Promise<FlinkCluster> {
  const { java, distribution, region, ...configuration } = options;
  const [restPort, rpcPort] = (await freePorts(2)) as [number, number];
  const confDir = writeFlinkConfiguration({ ...configuration, restPort, rpcPort });
  const runtime: FlinkRuntime = { distribution, java, runFolder: options.runFolder, confDir, region };
  const jobManager = parts.start(
    flinkProcess(
      runtime,
      'Flink JobManager',
      'flink-jobmanager',
      'org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint',
      jobManagerJvmOptions(),
      ['--configDir', confDir, '--executionMode', 'cluster'],
    ),
  );
  const startTaskManager = (logName: string) =>
    parts.start(
      flinkProcess(
        runtime,
        'Flink TaskManager',
        logName,
        'org.apache.flink.runtime.taskexecutor.TaskManagerRunner',
        taskManagerJvmOptions(options.memory),
        ['--configDir', confDir],
      ),
    );
  let taskManager = startTaskManager('flink-taskmanager');
  let taskManagers = 1;
  const rest = new FlinkRest(`http://127.0.0.1:${restPort}`);
  const slotsReady = waitUntil(
    async () => ((await rest.freeSlots().catch(() => 0)) >= options.parallelism ? true : undefined),
    {
      intervalMs: 200,
      timeoutMs: STARTUP_TIMEOUT_MS,
      onTimeout: () =>
        new PartFailedError(
          'Flink',
          `did not offer ${options.parallelism} slots within ${STARTUP_TIMEOUT_MS / 1000} s`,
          [...jobManager.logFiles, ...taskManager.logFiles],
        ),
    },
  );
  await Promise.race([slotsReady, jobManager.failed, taskManager.failed]);
  return {
    runtime,
    rest,
    async replaceTaskManager() {
      await taskManager.kill();
      taskManagers += 1;
      taskManager = startTaskManager(`flink-taskmanager-${taskManagers}`);
    },
  };
}
