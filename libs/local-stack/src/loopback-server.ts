import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A server on the loopback interface. */
export interface LoopbackServer {
  readonly endpoint: string;
  /** Also ends open connections. */
  close(): Promise<void>;
}

/**
 * @param server to start, on a free port
 * @returns when it listens
 */
export async function listenOnLoopback(server: Server): Promise<LoopbackServer> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
