import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { FlinkDistribution } from './flink-distribution';
import { localAwsEnvironment } from './local-aws-environment';
import type { ProcessSpec } from './managed-process';

/** Shared by all Flink processes of a run. */
export interface FlinkRuntime {
  readonly distribution: FlinkDistribution;
  /** Java program. */
  readonly java: string;
  readonly runFolder: string;
  readonly confDir: string;
  readonly region: string;
}

/**
 * @param runtime of this run
 * @param name of the process, for example "Flink JobManager"
 * @param logName file name of its log, without extension
 * @param mainClass Java class
 * @param jvmOptions such as memory limits
 * @param args of the class
 * @returns how to start a Flink JVM like the distribution's shell scripts, but as a direct child and without a shell
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
      // In CBOR, MiniStack writes arrival times as seconds, but Kinesis and the SDK of the connector use milliseconds. Every record would
      // have arrived in January 1970 and would be rejected because its event time is in the future. In JSON, the times are correct.
      AWS_CBOR_DISABLE: 'true',
      // The same for version 2 of the SDK, which writes the results: the fault proxy reads JSON only.
      CBOR_ENABLED: 'false',
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
