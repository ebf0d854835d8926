import path from 'node:path';
import { Dashboard, type DashboardOptions } from '../src/dashboard';
import { Broadcaster } from '../src/http/broadcaster';
import { close, listen, type ServerLimits } from '../src/http/server';
import { loadPage } from '../src/http/static-files';
import { InMemoryResults } from '../src/results/in-memory-results';
import type { DashboardView, ViewFilter } from '../src/view/view';

/** Built by `nx run dashboard:build`, on which the test targets depend. */
export const PAGE = path.resolve(__dirname, '..', 'dist', 'page');

/** Windows of the demo. */
export const SETTINGS: DashboardOptions['settings'] = {
  metrics: { windowSeconds: 10 },
  attribution: { windowSeconds: 600 },
  engagement: { windowSeconds: 300, slideSeconds: 60 },
  eventTime: { maxOutOfOrdernessSeconds: 5, idleTimeoutSeconds: 10, maxFutureSeconds: 60 },
  fraud: { shortWindowSeconds: 60, longWindowSeconds: 600 },
};

/** A dashboard on results in memory, with a server; polls on request. */
export interface TestDashboard {
  readonly results: InMemoryResults;
  readonly url: string;
  /** Reads new results and sends them to the pages, this many times. */
  poll(times?: number): Promise<void>;
  /** Polls until everything was read. */
  catchUp(): Promise<void>;
  /** @returns the number of open event streams */
  streams(): number;
  close(): Promise<void>;
}

/**
 * @param options that differ from the defaults
 * @param port for a restarted server; default: any
 * @param limits of the
 *   server
 * @param view for the pages, instead of the dashboard's view
 */
export async function startTestDashboard(
  options: Partial<DashboardOptions> = {},
  port = 0,
  limits?: ServerLimits,
  view?: (filter: ViewFilter) => DashboardView,
): Promise<TestDashboard> {
  const results = (options.reader as InMemoryResults | undefined) ?? new InMemoryResults();
  const dashboard = new Dashboard({
    reader: results,
    settings: SETTINGS,
    source: 'results in memory',
    flink: { look: async () => ({ available: false, reason: 'This test runs without Flink.' }) },
    pollMs: 1_000,
    staleAfterMs: 30_000,
    ...options,
  });
  const broadcaster = new Broadcaster(view ?? ((filter) => dashboard.view(filter)));
  const { server, url } = await listen({ page: loadPage(PAGE), broadcaster }, port, limits);
  const poll = async (times = 1) => {
    for (let count = 0; count < times; count += 1) {
      await dashboard.poll();
      broadcaster.publish();
    }
  };
  return {
    results,
    url,
    poll,
    streams: () => broadcaster.size,
    async catchUp() {
      do await poll();
      while (!dashboard.view({ minutes: 5 }).status.caughtUp);
    },
    async close() {
      broadcaster.close();
      await close(server);
    },
  };
}
