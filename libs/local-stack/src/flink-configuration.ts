import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { type FlinkMemory, memorySettings } from './flink-memory';
import { SESSION_TIMEOUT_MS } from './zookeeper-session';

/** What happens when the job fails: nothing (it fails, loudly), a few attempts, each of them reported, or attempts without end. */
export type RestartPolicy = 'none' | 'few' | 'unlimited';

/** What a local cluster is configured from. */
export interface FlinkConfigurationInput {
  /** Folder of this run; checkpoints and temporary files go below it. */
  readonly runFolder: string;
  readonly restPort: number;
  readonly rpcPort: number;
  /** Default parallelism, and number of slots of the one TaskManager. */
  readonly parallelism: number;
  readonly checkpointIntervalSeconds: number;
  readonly memory: FlinkMemory;
  readonly restart: RestartPolicy;
  /** Port of the ZooKeeper by which another JobManager takes over from one that was killed; without it a job ends with its JobManager. */
  readonly zooKeeperPort?: number | undefined;
}

const LOOPBACK = '127.0.0.1';

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

/** @returns Flink settings of one local cluster, flat, all values as text */
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
    // As the managed service runs it: RocksDB, incremental checkpoints in a durable place.
    'state.backend.type': 'rocksdb',
    // Some ten stateful operators with two or three column families each share a slot's managed memory. Each allocates an eighth of a
    // write buffer at its first write: of 64 MB, the default, that is about all the memory for write buffers, and then they are flushed
    // nearly empty, which costs as much CPU as all the rest (docs/adr/0009).
    'state.backend.rocksdb.writebuffer.size': '4 mb',
    'execution.checkpointing.incremental': 'true',
    'execution.checkpointing.interval': `${input.checkpointIntervalSeconds} s`,
    'execution.checkpointing.storage': 'filesystem',
    'execution.checkpointing.dir': state('checkpoints'),
    'execution.checkpointing.savepoint-dir': state('savepoints'),
    'io.tmp.dirs': path.join(input.runFolder, 'tmp'),
    ...highAvailability(input.zooKeeperPort, state('high-availability')),
    ...RESTART_SETTINGS[input.restart],
    // The tool notices at once that a process has ended, and Flink does when two messages to it in a row have failed. The time-out is for
    // a process that is there and does not respond: on a busy machine it only gets no processor.
    'heartbeat.interval': '3000',
    'heartbeat.timeout': '120000',
    // By default 10 s, like every answer within Flink. On a busy machine the JobManager needs longer for its start, and gives up.
    'pekko.startup-timeout': '300 s',
    'web.submit.enable': 'false',
    // The default lets every web page read the answers.
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

/** One file per process, in the pattern of Flink's own log4j.properties. */
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
