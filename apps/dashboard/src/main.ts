import { findProjectRoot } from '@ad-analytics/local-stack-address';
import { SettingsError } from '@ad-analytics/pipeline-settings';
import { createServingClient, ServingTable, tableReader } from '@ad-analytics/serving-table';
import { CommanderError } from 'commander';
import path from 'node:path';
import { Dashboard } from './dashboard';
import { DashboardError, EXIT_FAILED, EXIT_OK, EXIT_USAGE } from './errors';
import { findResults } from './find-results';
import { FlinkMonitor } from './flink/flink-monitor';
import { dashboardCommand, type DashboardFlags } from './options';
import { ServingTableResults } from './results/serving-table-results';
import { serveDashboard } from './serve-dashboard';
import { stopSignal } from './stop-signal';

const MIN_STALE_MS = 30_000;

/** Reads, serves, and returns when it was stopped. */
async function serve(flags: DashboardFlags, stop: AbortSignal): Promise<void> {
  const root = findProjectRoot(import.meta.dirname);
  if (root === undefined) throw new DashboardError(`${import.meta.dirname} is in no project folder.`, EXIT_USAGE);
  const { region, endpoint, table, settings, flinkRest } = findResults(root, flags);
  const client = createServingClient({ region, endpoint });
  const windowMs = settings.metrics.windowSeconds * 1_000;
  const dashboard = new Dashboard({
    reader: new ServingTableResults(new ServingTable(tableReader(client), table), {
      metricsMs: windowMs,
      engagementMs: settings.engagement.slideSeconds * 1_000,
    }),
    settings,
    source: endpoint === undefined ? `${table} in ${region}` : `${table} at ${endpoint}`,
    flink: new FlinkMonitor(flinkRest),
    pollMs: flags.pollSeconds * 1_000,
    staleAfterMs: flags.staleSeconds === undefined ? Math.max(MIN_STALE_MS, 2 * windowMs) : flags.staleSeconds * 1_000,
  });
  const page = path.join(import.meta.dirname, 'page');
  await serveDashboard(dashboard, {
    page,
    port: flags.port,
    stop,
    onListening: (url) => console.log(`Dashboard: ${url}`),
  });
  client.destroy();
}

/** @returns exit code for what ended the run */
function exitCodeFor(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT_OK : EXIT_USAGE;
  if (error instanceof SettingsError) {
    console.error(error.message);
    return EXIT_USAGE;
  }
  if (error instanceof DashboardError) {
    console.error(error.message);
    return error.exitCode;
  }
  console.error(error);
  return EXIT_FAILED;
}

const stop = stopSignal();
dashboardCommand((flags) => serve(flags, stop))
  .parseAsync(process.argv)
  .then(() => EXIT_OK, exitCodeFor)
  .then((code) => process.exit(code));
