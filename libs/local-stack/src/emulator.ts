import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { PartFailedError } from '@ad-analytics/command-line/errors';
import { freePort } from './free-port';
import { localAwsEnvironment } from './local-aws-environment';
import { heldStreamsFolder } from './held-streams';
import type { ManagedProcess } from './managed-process';
import { waitUntil } from '@ad-analytics/command-line/wait-until';
import type { Parts } from './parts';

const STARTUP_TIMEOUT_MS = 60_000;

/**
 * Seconds after which the server closes an unused connection. It must be longer than that of the clients (Terraform's provider: 90 s).
 * MiniStack's default is 75 s. A request that arrives while the connection is closed would be executed without a response; the client would
 * retry it, and the resource would already exist.
 */
const KEEP_ALIVE_SECONDS = 3_600;

/** Extensions of MiniStack: see the Python modules of these names. */
export type EmulatorApplication =
  'without_browsers' | 'controlled_streams' | 'described_operations' | 'resharded_streams';

/** The local AWS. */
export interface Emulator {
  readonly process: ManagedProcess;
  /** URL of every service, for example http://127.0.0.1:41234. */
  readonly endpoint: string;
}

/**
 * @param port of the loopback interface
 * @param application extension of MiniStack
 * @param credentialsLog file for the Authorization header of each request, one line each; optional
 * @returns arguments of Python that serve MiniStack there, for programs but not for browsers (see without_browsers.py), in a single
 * process: no worker can outlive it
 */
export function emulatorArguments(
  port: number,
  application: EmulatorApplication = 'without_browsers',
  credentialsLog?: string,
): string[] {
  const options = {
    '--bind': `127.0.0.1:${port}`,
    // The server writes the access log at level INFO.
    '--log-level': credentialsLog === undefined ? 'WARNING' : 'INFO',
    ...(credentialsLog === undefined
      ? {}
      : { '--access-logfile': credentialsLog, '--access-logformat': '%({authorization}i)s' }),
    '--keep-alive': String(KEEP_ALIVE_SECONDS),
    '--workers': '0',
  };
  return ['-m', 'hypercorn', `${application}:app`, ...Object.entries(options).flat()];
}

async function healthy(endpoint: string): Promise<true | undefined> {
  try {
    const response = await fetch(`${endpoint}/_ministack/health`, { signal: AbortSignal.timeout(2_000) });
    return response.ok ? true : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Starts MiniStack on a free port of the loopback interface, without persistence.
 * @param options `python` of the environment it is installed in; `folder` for its files; `logFile`; AWS `region`; `application`, `credentialsLog`: see emulatorArguments
 * @throws PartFailedError when it ends or does not respond in time
 */
export async function startEmulator(
  options: {
    python: string;
    folder: string;
    logFile: string;
    region: string;
    application?: EmulatorApplication | undefined;
    credentialsLog?: string | undefined;
  },
  parts: Parts,
): Promise<Emulator> {
  const gatewayPort = await freePort();
  const sftpPort = await freePort();
  const temporary = path.join(options.folder, 'tmp');
  mkdirSync(temporary, { recursive: true });
  const env = localAwsEnvironment(options.region, {
    GATEWAY_PORT: String(gatewayPort),
    BIND_HOST: '127.0.0.1',
    SFTP_PORT: String(sftpPort),
    SFTP_ENABLED: '0',
    IOT_MTLS_ENABLED: '0',
    PERSIST_STATE: '0',
    STATE_DIR: path.join(options.folder, 'state'),
    S3_DATA_DIR: path.join(options.folder, 's3'),
    TMPDIR: temporary,
    MINISTACK_REGION: options.region,
    // One line per request would fill the disk under load.
    LOG_LEVEL: 'WARNING',
    PYTHONUNBUFFERED: '1',
    // The folder with the extensions, such as controlled_streams.py.
    PYTHONPATH: __dirname,
    ...(options.application === 'controlled_streams' ? { HELD_STREAMS: heldStreamsFolder(options.folder) } : {}),
  });
  const child = parts.start({
    name: 'MiniStack (the local AWS)',
    command: options.python,
    args: emulatorArguments(gatewayPort, options.application, options.credentialsLog),
    cwd: options.folder,
    env,
    logFile: options.logFile,
  });
  const endpoint = `http://127.0.0.1:${gatewayPort}`;
  const up = waitUntil(() => healthy(endpoint), {
    intervalMs: 100,
    timeoutMs: STARTUP_TIMEOUT_MS,
    onTimeout: () =>
      new PartFailedError(
        child.name,
        `did not respond at ${endpoint} within ${STARTUP_TIMEOUT_MS / 1000} s`,
        child.logFiles,
      ),
  });
  await Promise.race([up, child.failed]);
  return { process: child, endpoint };
}
