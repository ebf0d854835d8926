import { PartFailedError } from '@ad-analytics/command-line/errors';
import { type FlinkConfigurationInput, writeFlinkConfiguration } from './flink-configuration';
import type { FlinkDistribution } from './flink-distribution';
import { freePort } from './free-port';
import { jobManagerJvmOptions, taskManagerJvmOptions } from './flink-memory';
import { type FlinkRuntime, flinkProcess } from './flink-process';
import { FlinkRest } from './flink-rest';
import { onCores } from './on-cores';
import type { Parts } from './parts';
import { waitUntil } from '@ad-analytics/command-line/wait-until';
import { zooKeeperProcess } from './zookeeper';

/** Far longer than a start takes, also on a busy machine. */
const STARTUP_TIMEOUT_MS = 300_000;

/** A running standalone cluster: one JobManager, one TaskManager; with high availability also ZooKeeper. */
export interface FlinkCluster {
  readonly runtime: FlinkRuntime;
  readonly rest: FlinkRest;
  /** @returns process id of the current TaskManager */
  taskManagerPid(): number;
  /** @returns process id of the current JobManager */
  jobManagerPid(): number;
  /**
   * Kills the JobManager, like a crash of its machine, and starts another one at the same address, which recovers the jobs.
   * @returns when the new JobManager responds; it may not have recovered the jobs yet
   * @throws Error in a cluster without high availability, where the jobs would be lost
   */
  crashJobManager(): Promise<void>;
  /**
   * Kills the TaskManager, like a crash of its machine; all its slots must be used. Another one is started first: in a cluster without free
   * slots, restarts of the job fail immediately, and their number is limited.
   * @param whenReady called when the new TaskManager is ready, immediately before the crash
   */
  crashTaskManager(whenReady: () => Promise<void>): Promise<void>;
}

/**
 * Starts a standalone session cluster and waits until its slots are available.
 * @param options Java program, distribution, region, how many cores a TaskManager may use (all if not given), `highAvailability` (see
 *   crashJobManager), `fastStart` (see StackOptions), and the configuration but for the ports, which are found
 * @throws PartFailedError when a process ends or the slots are not available in time
 */
export async function startFlinkCluster(
  options: {
    java: string;
    distribution: FlinkDistribution;
    region: string;
    taskManagerCores?: number | undefined;
    highAvailability?: boolean;
    fastStart?: boolean;
  } & Omit<FlinkConfigurationInput, 'restPort' | 'rpcPort' | 'zooKeeperPort'>,
  parts: Parts,
): Promise<FlinkCluster> {
  const {
    java,
    distribution,
    region,
    taskManagerCores,
    highAvailability = false,
    fastStart = false,
    ...configuration
  } = options;
  const restPort = await freePort();
  const rpcPort = await freePort();
  const zooKeeperPort = highAvailability ? await freePort() : undefined;
  const confDir = writeFlinkConfiguration({ ...configuration, restPort, rpcPort, zooKeeperPort });
  const runtime: FlinkRuntime = { distribution, java, runFolder: options.runFolder, confDir, region };
  if (zooKeeperPort !== undefined) parts.start(zooKeeperProcess(runtime, zooKeeperPort));
  const startJobManager = (logName: string) =>
    parts.start(
      flinkProcess(
        runtime,
        'Flink JobManager',
        logName,
        'org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint',
        jobManagerJvmOptions(),
        ['--configDir', confDir, '--executionMode', 'cluster'],
      ),
    );
  let jobManager = startJobManager('flink-jobmanager');
  let jobManagers = 1;
  const startTaskManager = (logName: string) => {
    const spec = flinkProcess(
      runtime,
      'Flink TaskManager',
      logName,
      'org.apache.flink.runtime.taskexecutor.TaskManagerRunner',
      taskManagerJvmOptions(options.memory, fastStart),
      ['--configDir', confDir],
    );
    return parts.start(taskManagerCores === undefined ? spec : onCores(spec, taskManagerCores));
  };
  let taskManager = startTaskManager('flink-taskmanager');
  let taskManagers = 1;
  const rest = new FlinkRest(`http://127.0.0.1:${restPort}`);
  /** Waits for a number of free slots; stops when a process ends. @param otherwise message of the error if they do not become available */
  const slots = (enough: (free: number) => boolean, otherwise: string) => {
    const { logFiles } = taskManager;
    const ready = waitUntil(async () => ((await rest.freeSlots().then(enough, () => false)) ? true : undefined), {
      intervalMs: 200,
      timeoutMs: STARTUP_TIMEOUT_MS,
      onTimeout: () =>
        new PartFailedError('Flink', `${otherwise} after ${STARTUP_TIMEOUT_MS / 1000} s`, [
          ...jobManager.logFiles,
          ...logFiles,
        ]),
    });
    return Promise.race([ready, jobManager.failed, taskManager.failed]);
  };
  const allSlots = () => slots((free) => free >= options.parallelism, `offers fewer than ${options.parallelism} slots`);
  const startAnother = () => {
    taskManagers += 1;
    taskManager = startTaskManager(`flink-taskmanager-${taskManagers}`);
  };
  await allSlots();
  return {
    runtime,
    rest,
    taskManagerPid: () => taskManager.pid,
    jobManagerPid: () => jobManager.pid,
    async crashJobManager() {
      if (!highAvailability) throw new Error('the cluster has no high availability: its jobs would be lost');
      await jobManager.kill();
      jobManagers += 1;
      jobManager = startJobManager(`flink-jobmanager-${jobManagers}`);
      await slots(() => true, 'does not respond after the JobManager was replaced');
    },
    async crashTaskManager(whenReady) {
      const full = taskManager;
      startAnother();
      await allSlots();
      await whenReady();
      await full.kill();
    },
  };
}
