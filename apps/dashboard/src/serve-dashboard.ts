import type { Dashboard } from './dashboard';
import { Broadcaster } from './http/broadcaster';
import { close, listen } from './http/server';
import { loadPage } from './http/static-files';

/**
 * Time between messages while a poll waits for a slow table, so that pages know that the server is alive, in
 * milliseconds.
 */
const HEARTBEAT_MS = 5_000;

/** Options of the server. */
export interface ServeOptions {
  /** Folder of the built page. */
  readonly page: string;
  /** 0: any free port. */
  readonly port: number;
  readonly stop: AbortSignal;
  /** Called with the address, which ends with a slash. */
  readonly onListening: (url: string) => void;
}

/**
 * Serves the page and follows the table until it is stopped; then no connections or timers remain.
 * @param dashboard what to serve
 * @param options of the server
 * @throws DashboardError when the port is in use or the page is not built
 */
export async function serveDashboard(dashboard: Dashboard, options: ServeOptions): Promise<void> {
  const broadcaster = new Broadcaster((filter) => dashboard.view(filter));
  const { server, url } = await listen({ page: loadPage(options.page), broadcaster }, options.port);
  const heartbeat = setInterval(() => broadcaster.publish(), HEARTBEAT_MS);
  try {
    options.onListening(url);
    await dashboard.run(options.stop, () => broadcaster.publish());
  } finally {
    clearInterval(heartbeat);
    broadcaster.close();
    await close(server);
  }
}
