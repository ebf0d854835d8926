import { readFileSync } from 'node:fs';
import path from 'node:path';
import { DEFAULT_TABLE_NAME, createServingClient, createServingTable } from '@ad-analytics/serving-table';
import { buildDashboard } from '@ad-analytics/report/build-dashboard';
import { localAwsEnvironment } from '@ad-analytics/local-stack/local-aws-environment';
import type { ManagedProcess } from '@ad-analytics/local-stack/managed-process';
import type { LocalStack } from '@ad-analytics/local-stack/stack';
import { waitUntil } from '@ad-analytics/command-line/wait-until';

/** Long time-out for a server that hangs; a slow machine must not exceed it. */
const START_TIMEOUT_MS = 120_000;
const POLL_MS = 100;
/** The text that the dashboard prints when it is ready. */
const ADDRESS = /^Dashboard: (http:\/\/\S+)$/m;

/** The dashboard that serves the results of a run. */
export interface RunningDashboard {
  /** Address of its page. */
  readonly url: string;
  readonly process: ManagedProcess;
}

/**
 * Builds the dashboard from its sources, in a second or two, so that an outdated build is never shown, and starts it for the stack's
 * serving table, which is created if it is missing. It runs as long as the stack.
 * @param stack that is running
 * @param port to listen on; 0: any free port
 * @throws PartFailedError when it does not start; the error of esbuild when it cannot be built
 */
export async function startDashboard(stack: LocalStack, port: number): Promise<RunningDashboard> {
  const folder = path.join(stack.runFolder, 'dashboard');
  const logFile = path.join(stack.runFolder, 'logs', 'dashboard.log');
  const client = createServingClient({ region: stack.region, endpoint: stack.endpoint });
  try {
    // Without the table, the page would show an error at first.
    await Promise.all([createServingTable(client, DEFAULT_TABLE_NAME), buildDashboard(folder)]);
  } finally {
    client.destroy();
  }
  const server = stack.parts.start({
    name: 'Dashboard (the page)',
    command: process.execPath,
    args: [
      '--enable-source-maps',
      path.join(folder, 'dashboard.mjs'),
      ...['--endpoint', stack.endpoint, '--region', stack.region, '--table', DEFAULT_TABLE_NAME],
      ...['--config', stack.configFile, '--flink', stack.flink.rest.url, '--port', String(port)],
    ],
    cwd: stack.runFolder,
    env: localAwsEnvironment(stack.region),
    logFile,
  });
  const address = waitUntil(async () => ADDRESS.exec(readFileSync(logFile, 'utf8'))?.[1], {
    intervalMs: POLL_MS,
    timeoutMs: START_TIMEOUT_MS,
    onTimeout: () => new Error(`The dashboard did not print its address; see ${logFile}`),
  });
  return { url: await Promise.race([address, server.failed]), process: server };
}
