import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { clientFailure } from './client-failure';
import { JobFailedError } from '@ad-analytics/command-line/errors';
import type { FlinkCluster } from './flink-cluster';
import { WITHOUT_OPTIMIZATION } from './flink-memory';
import { flinkProcess } from './flink-process';
import { FlinkJob } from './job';
import { logTail } from '@ad-analytics/command-line/log-tail';
import type { Parts } from './parts';

const CLIENT_JVM_OPTIONS = [...WITHOUT_OPTIMIZATION, '-Xmx512m'];

/** The run options of the managed service (property group kinesis.analytics.flink.run.options). */
export interface RunOptions {
  /** Python entry point in the zip, for example main.py. */
  readonly python: string;
  /** Jar in the zip. */
  readonly jarfile: string;
  /** Further Python files or folders in the zip, comma-separated, if any. */
  readonly pyFiles?: string;
}

/** Optional settings of a job's start. */
export interface StartOptions {
  /** Location of a savepoint to continue from; the job must have an operator for all of its state. */
  readonly fromSavepoint?: string | undefined;
  /** Parallelism; default: that of the cluster. */
  readonly parallelism?: number | undefined;
}

/**
 * @param application unpacked folder
 * @returns arguments of Flink's command line client that start it like the managed service
 */
export function submitArguments(
  application: string,
  options: RunOptions,
  python: string,
  { fromSavepoint, parallelism }: StartOptions = {},
): string[] {
  const inside = (name: string) => path.join(application, name);
  const pyFiles = options.pyFiles?.split(',').map((name) => inside(name.trim()));
  return [
    'run',
    '--detached',
    ...(fromSavepoint === undefined ? [] : ['--fromSavepoint', fromSavepoint]),
    ...(parallelism === undefined ? [] : ['--parallelism', String(parallelism)]),
    '--python',
    inside(options.python),
    ...(pyFiles ? ['--pyFiles', pyFiles.join(',')] : []),
    '--jarfile',
    inside(options.jarfile),
    '--pyClientExecutable',
    python,
    '--pyExecutable',
    python,
  ];
}

/** @returns an unused log name, so that outputs of several submissions are not mixed */
export function clientLogName(logFolder: string): string {
  for (let attempt = 1; ; attempt += 1) {
    const name = attempt === 1 ? 'flink-client' : `flink-client-${attempt}`;
    if (!existsSync(path.join(logFolder, `${name}.out`))) return name;
  }
}

/**
 * Submits the application.
 * @param request `application` folder, `python` of the environment, `configFile` the job reads its settings from, and how it starts
 * @returns the job
 * @throws JobFailedError with the output of the client when the job is not accepted, or not exactly one job was started
 */
export async function submitJob(
  cluster: FlinkCluster,
  request: {
    application: string;
    python: string;
    configFile: string;
    runOptions: RunOptions;
  } & StartOptions,
  parts: Parts,
): Promise<FlinkJob> {
  const before = new Set(await cluster.rest.jobIds());
  const spec = flinkProcess(
    cluster.runtime,
    'Flink client (flink run)',
    clientLogName(path.join(cluster.runtime.runFolder, 'logs')),
    'org.apache.flink.client.cli.CliFrontend',
    CLIENT_JVM_OPTIONS,
    submitArguments(request.application, request.runOptions, request.python, request),
    { KINESIS_CONFIG_FILE: request.configFile, PYTHONUNBUFFERED: '1', PYTHONDONTWRITEBYTECODE: '1' },
  );
  const client = parts.startEnding(spec);
  const logFolder = path.join(cluster.runtime.runFolder, 'logs');
  const end = await Promise.race([client.ended, parts.failed]);
  if (end.code !== 0) {
    const output = readFileSync(spec.logFile, 'utf8').trim();
    const said = output === '' ? logTail(spec.ownLogFile ?? spec.logFile) : clientFailure(output);
    throw new JobFailedError(`The job was not accepted:\n\n${said}\n\nFull text: ${spec.logFile}`);
  }
  const jobs = (await cluster.rest.jobIds()).filter((id) => !before.has(id));
  const [id] = jobs;
  if (id === undefined || jobs.length > 1) {
    throw new JobFailedError(`main.py must start exactly one job, but it started ${jobs.length}; see ${logFolder}`);
  }
  return new FlinkJob(cluster.rest, id, logFolder);
}
