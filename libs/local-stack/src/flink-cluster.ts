import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { PartFailedError } from '@ad-analytics/command-line/errors';
import { type FlinkConfigurationInput, writeFlinkConfiguration } from './flink-configuration';
import type { FlinkDistribution } from './flink-distribution';
import { jobManagerJvmOptions, taskManagerJvmOptions } from './flink-memory';
import { FlinkRest } from './flink-rest';
import { freePorts } from './free-port';
import { localAwsEnvironment } from './local-aws-environment';
import type { ProcessSpec } from './managed-process';
import { onCores } from './on-cores';
import type { Parts } from './parts';
import { waitUntil } from '@ad-analytics/command-line/wait-until';

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
  /** @returns process id of the TaskManager that runs now */
  taskManagerPid(): number;
  /**
   * Kills the TaskManager, which must be full, as a crash of its machine would. Before that another one is started: a cluster that has no
   * slot left fails a job's restarts at once, and their number is bounded.
   * @param whenReady what to do when the other one stands ready, just before the crash
   */
  crashTaskManager(whenReady: () => Promise<void>): Promise<void>;
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
 * @param options Java program, distribution, region, how many cores a TaskManager may use (all if not given), and the configuration but for
 *   the ports, which are found
 * @throws PartFailedError when a process ends or the slots do not come in time
 */
export async function startFlinkCluster(
  options: {
    java: string;
    distribution: FlinkDistribution;
    region: string;
    taskManagerCores?: number | undefined;
  } & Omit<FlinkConfigurationInput, 'restPort' | 'rpcPort'>,
  parts: Parts,
): Promise<FlinkCluster> {
  const { java, distribution, region, taskManagerCores, ...configuration } = options;
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
  const startTaskManager = (logName: string) => {
    const spec = flinkProcess(
      runtime,
      'Flink TaskManager',
      logName,
      'org.apache.flink.runtime.taskexecutor.TaskManagerRunner',
      taskManagerJvmOptions(options.memory),
      ['--configDir', confDir],
    );
    return parts.start(taskManagerCores === undefined ? spec : onCores(spec, taskManagerCores));
  };
  let taskManager = startTaskManager('flink-taskmanager');
  let taskManagers = 1;
  const rest = new FlinkRest(`http://127.0.0.1:${restPort}`);
  /** Waits until all slots that the job needs are free; ends when a process does. */
  const allSlots = () => {
    const { logFiles } = taskManager;
    const enough = (free: number) => free >= options.parallelism;
    const ready = waitUntil(async () => ((await rest.freeSlots().then(enough, () => false)) ? true : undefined), {
      intervalMs: 200,
      timeoutMs: STARTUP_TIMEOUT_MS,
      onTimeout: () =>
        new PartFailedError(
          'Flink',
          `offers fewer than ${options.parallelism} slots after ${STARTUP_TIMEOUT_MS / 1000} s`,
          [...jobManager.logFiles, ...logFiles],
        ),
    });
    return Promise.race([ready, jobManager.failed, taskManager.failed]);
  };
  const startAnother = () => {
    taskManagers += 1;
    taskManager = startTaskManager(`flink-taskmanager-${taskManagers}`);
  };
  await allSlots();
  return {
    runtime,
    rest,
    taskManagerPid: () => taskManager.pid,
    async crashTaskManager(whenReady) {
      const full = taskManager;
      startAnother();
      await allSlots();
      await whenReady();
      await full.kill();
    },
  };
}
