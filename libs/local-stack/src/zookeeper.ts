import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { type FlinkRuntime, flinkProcess } from './flink-process';
import type { ProcessSpec } from './managed-process';
import { SESSION_TIMEOUT_MS } from './zookeeper-session';

/** ZooKeeper grants sessions of 2 to 20 ticks. */
const TICK_MS = SESSION_TIMEOUT_MS / 6;

/**
 * @param port of the loopback interface
 * @param dataFolder for its data
 * @returns the settings of a single ZooKeeper server
 */
export function zooKeeperSettings(port: number, dataFolder: string): string {
  return [
    // Like in a Java properties file, a backslash begins an escape sequence.
    `dataDir=${dataFolder.replaceAll('\\', '\\\\')}`,
    `clientPort=${port}`,
    'clientPortAddress=127.0.0.1',
    'admin.enableServer=false',
    `tickTime=${TICK_MS}`,
    '',
  ].join('\n');
}

/**
 * Starts the ZooKeeper of the Flink distribution, which stores the leading JobManager and the locations of its jobs' checkpoints.
 * @param runtime of this run
 * @param port of the loopback interface
 */
export function zooKeeperProcess(runtime: FlinkRuntime, port: number): ProcessSpec {
  const folder = path.join(runtime.runFolder, 'state', 'zookeeper');
  mkdirSync(folder, { recursive: true });
  const settings = path.join(runtime.confDir, 'zoo.cfg');
  writeFileSync(settings, zooKeeperSettings(port, folder));
  return flinkProcess(
    runtime,
    'ZooKeeper',
    'zookeeper',
    'org.apache.flink.shaded.zookeeper3.org.apache.zookeeper.server.ZooKeeperServerMain',
    ['-Xmx64m', '-Dzookeeper.jmx.log4j.disable=true'],
    [settings],
  );
}
