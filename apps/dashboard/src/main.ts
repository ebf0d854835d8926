import { findProjectRoot } from '@ad-analytics/local-stack-address';
import {
  loadPropertyGroups,
  type PipelineSettings,
  pipelineSettings,
  SettingsError,
} from '@ad-analytics/pipeline-settings';
import { createServingClient, ServingTable, tableReader } from '@ad-analytics/serving-table';
import { CommanderError } from 'commander';
import path from 'node:path';
import { Dashboard } from './dashboard';
import { DashboardError, EXIT_FAILED, EXIT_OK, EXIT_USAGE } from './errors';
import { findResults } from './find-results';
import { FlinkMonitor } from './flink/flink-monitor';
import { dashboardCommand, type DashboardFlags } from './options';
import { readResultsFile, type RunWindows } from './results/read-results-file';
import { ServingTableResults } from './results/serving-table-results';
import { serveDashboard } from './serve-dashboard';
import { stopSignal } from './stop-signal';

const MIN_STALE_MS = 30_000;
/** Of a finished run, in milliseconds. */
const DISPLAYED_MS = 3_600_000;

function projectRoot(): string {
  const root = findProjectRoot(import.meta.dirname);
  if (root === undefined) throw new DashboardError(`${import.meta.dirname} is not in a project folder.`, EXIT_USAGE);
  return root;
}

/** Serves a page, and returns when it is stopped. */
const servePage = (dashboard: Dashboard, flags: DashboardFlags, stop: AbortSignal): Promise<void> =>
  serveDashboard(dashboard, {
    page: path.join(import.meta.dirname, 'page'),
    port: flags.port,
    stop,
    onListening: (url) => console.log(`Dashboard: ${url}`),
  });

/** The window sizes come from the results of the run, because the settings may have changed since. */
function withWindows(settings: PipelineSettings, windows: RunWindows): PipelineSettings {
  const { metrics, engagement } = settings;
  return {
    ...settings,
    metrics: { ...metrics, windowSeconds: windows.metrics ?? metrics.windowSeconds },
    engagement: {
      ...engagement,
      windowSeconds: windows.engagement ?? engagement.windowSeconds,
      slideSeconds: windows.engagementSlide ?? engagement.slideSeconds,
    },
  };
}

/** Shows a finished run. */
async function serveResults(file: string, flags: DashboardFlags, stop: AbortSignal): Promise<void> {
  const config = flags.config ?? path.join(projectRoot(), 'flink', 'kinesis-config.json');
  const { results, invalid, firstProblem, windows, end, rejectedAt } = await readResultsFile(file);
  const settings = withWindows(pipelineSettings(loadPropertyGroups(config), config), windows);
  if (invalid > 0)
    console.error(`Lines of ${file} that are not results are skipped: ${invalid}. The first is ${firstProblem}`);
  // A window is found by its start, so the hour ends with the end of the last window.
  const now = flags.at ?? end + settings.metrics.windowSeconds * 1_000;
  const elsewhere = rejectedAt.filter((arrival) => arrival < now - DISPLAYED_MS || arrival >= now).length;
  if (elsewhere > 0)
    console.error(
      `${elsewhere} of ${rejectedAt.length} rejected events arrived outside of the displayed hour, so the page does not show them.`,
    );
  const dashboard = new Dashboard({
    reader: results,
    settings,
    source: path.basename(file),
    flink: { look: async () => ({ available: false, reason: 'The run has ended.' }) },
    pollMs: 1,
    staleAfterMs: Infinity,
    finished: true,
    now: () => now,
  });
  await servePage(dashboard, flags, stop);
}

/** Reads and serves results, and returns when it is stopped. */
async function serve(flags: DashboardFlags, stop: AbortSignal): Promise<void> {
  if (flags.results !== undefined) return serveResults(flags.results, flags, stop);
  const root = projectRoot();
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
  await servePage(dashboard, flags, stop);
  client.destroy();
}

/** @returns exit code for the outcome of the run */
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
