import type { Dashboard } from './dashboard';
import { Broadcaster } from './http/broadcaster';
import { close, listen } from './http/server';
import { loadPage } from './http/static-files';

/** While a slow table keeps a poll waiting, pages still hear that the server is alive, milliseconds. */
const HEARTBEAT_MS = 5_000;

/** How the dashboard is served. */
export interface ServeOptions {
  /** Folder of the built page. */
  readonly page: string;
  /** 0: any that is free. */
  readonly port: number;
  readonly stop: AbortSignal;
  /** Told the address, with a slash at its end. */
  readonly onListening: (url: string) => void;
}

/**
 * Serves the page and follows the table until it is stopped; no connection and no timer is left then.
 * @param dashboard what to serve
 * @param options how
 * @throws DashboardError when the port is taken or the page is not built
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
