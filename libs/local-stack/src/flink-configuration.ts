import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { type FlinkMemory, memorySettings } from './flink-memory';
import { SESSION_TIMEOUT_MS } from './zookeeper-session';

/** Restart strategy of the job: no restart, a few restarts (each is reported), or unlimited restarts. */
export type RestartPolicy = 'none' | 'few' | 'unlimited';

/** Input of the configuration of a local cluster. */
export interface FlinkConfigurationInput {
  /** Folder of this run; checkpoints and temporary files go below it. */
  readonly runFolder: string;
  readonly restPort: number;
  readonly rpcPort: number;
  /** Default parallelism, and number of slots of the one TaskManager. */
  readonly parallelism: number;
  readonly checkpointIntervalSeconds: number;
  readonly memory: FlinkMemory;
  /** Size of a write buffer of RocksDB, MiB. Default: small enough for a cluster with little memory. */
  readonly writeBuffer?: number | undefined;
  readonly restart: RestartPolicy;
  /**
   * Port of ZooKeeper, with which a new JobManager recovers the jobs of a killed one. Without ZooKeeper, a job ends with its JobManager.
   * */
  readonly zooKeeperPort?: number | undefined;
}

const LOOPBACK = '127.0.0.1';

/**
 * Each column family of a slot allocates an eighth of a write buffer at its first write, and a test of the local stack may have 80 of them (plain
 * SQL with hopping windows). With Flink's default of 64 MB and little managed memory, these blocks fill the memory for write buffers,
 * which are then flushed nearly empty (docs/adr/0009).
 */
const SMALL_WRITE_BUFFER = 4;

const RESTART_SETTINGS: Record<RestartPolicy, Record<string, string>> = {
  none: { 'restart-strategy.type': 'none' },
  few: {
    'restart-strategy.type': 'fixed-delay',
    'restart-strategy.fixed-delay.attempts': '3',
    'restart-strategy.fixed-delay.delay': '2 s',
  },
  unlimited: {
    'restart-strategy.type': 'fixed-delay',
    'restart-strategy.fixed-delay.attempts': String(2 ** 31 - 1),
    'restart-strategy.fixed-delay.delay': '2 s',
  },
};

function highAvailability(zooKeeperPort: number | undefined, storage: string): Record<string, string> {
  if (zooKeeperPort === undefined) return {};
  return {
    'high-availability.type': 'zookeeper',
    'high-availability.zookeeper.quorum': `${LOOPBACK}:${zooKeeperPort}`,
    'high-availability.zookeeper.client.session-timeout': `${SESSION_TIMEOUT_MS} ms`,
    'high-availability.storageDir': storage,
  };
}

/** @returns Flink settings of a local cluster as flat keys with text values */
export function flinkSettings(input: FlinkConfigurationInput): Record<string, string> {
  const state = (name: string) => `file://${path.join(input.runFolder, 'state', name)}`;
  return {
    'jobmanager.rpc.address': LOOPBACK,
    'jobmanager.bind-host': LOOPBACK,
    'jobmanager.rpc.port': String(input.rpcPort),
    'rest.address': LOOPBACK,
    'rest.bind-address': LOOPBACK,
    'rest.port': String(input.restPort),
    'rest.bind-port': String(input.restPort),
    'blob.server.port': '0',
    'taskmanager.host': LOOPBACK,
    'taskmanager.bind-host': LOOPBACK,
    'taskmanager.rpc.port': '0',
    'taskmanager.data.port': '0',
    'taskmanager.numberOfTaskSlots': String(input.parallelism),
    'taskmanager.cpu.cores': String(input.parallelism),
    'parallelism.default': String(input.parallelism),
    ...memorySettings(input.memory),
    // Like the managed service: RocksDB, and incremental checkpoints in durable storage.
    'state.backend.type': 'rocksdb',
    'state.backend.rocksdb.writebuffer.size': `${input.writeBuffer ?? SMALL_WRITE_BUFFER} mb`,
    'execution.checkpointing.incremental': 'true',
    'execution.checkpointing.interval': `${input.checkpointIntervalSeconds} s`,
    'execution.checkpointing.storage': 'filesystem',
    'execution.checkpointing.dir': state('checkpoints'),
    'execution.checkpointing.savepoint-dir': state('savepoints'),
    'io.tmp.dirs': path.join(input.runFolder, 'tmp'),
    ...highAvailability(input.zooKeeperPort, state('high-availability')),
    ...RESTART_SETTINGS[input.restart],
    // The tool detects the end of a process immediately, and Flink after two failed messages in a row. The time-out is only for a running
    // process that does not respond; on a busy machine, such a process is usually only slow.
    'heartbeat.interval': '3000',
    'heartbeat.timeout': '120000',
    // Flink's default is 10 s. On a busy machine, the start of the JobManager takes longer and would fail.
    'pekko.startup-timeout': '300 s',
    // A killed TaskManager does not respond to the request for its metrics, and until the end of this time Flink updates no metric of any part.
    // The default is 10 minutes.
    'web.timeout': '60000',
    'web.submit.enable': 'false',
    // The default allows every web page to read the responses.
    'web.access-control-allow-origin': `http://${LOOPBACK}:${input.restPort}`,
    'metrics.fetcher.update-interval': '1000',
  };
}

/** @returns Flink's config.yaml for these settings; JSON strings are YAML strings */
export function renderYaml(settings: Record<string, string>): string {
  return Object.entries(settings)
    .map(([key, value]) => `${key}: ${JSON.stringify(value)}\n`)
    .join('');
}

/** One file per process, with the pattern of Flink's own log4j.properties. */
const LOG4J = `rootLogger.level = INFO
rootLogger.appenderRef.file.ref = File
appender.file.name = File
appender.file.type = RollingFile
appender.file.fileName = \${sys:log.file}
appender.file.filePattern = \${sys:log.file}.%i
appender.file.layout.type = PatternLayout
appender.file.layout.pattern = %d{yyyy-MM-dd HH:mm:ss,SSS} %-5p %-60c %x - %m%n
appender.file.policies.type = Policies
appender.file.policies.size.type = SizeBasedTriggeringPolicy
appender.file.policies.size.size = 100MB
appender.file.strategy.type = DefaultRolloverStrategy
appender.file.strategy.max = 3
logger.netty.name = org.jboss.netty.channel.DefaultChannelPipeline
logger.netty.level = OFF
`;

/**
 * Writes a Flink configuration folder.
 * @returns its path, for --configDir and FLINK_CONF_DIR
 */
export function writeFlinkConfiguration(input: FlinkConfigurationInput): string {
  const folder = path.join(input.runFolder, 'flink-conf');
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, 'config.yaml'), renderYaml(flinkSettings(input)));
  writeFileSync(path.join(folder, 'log4j.properties'), LOG4J);
  return folder;
}
