import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { DashboardError } from '../errors';
import type { Broadcaster } from './broadcaster';
import { isOwnHost, isOwnOrigin, isSameSite, SECURITY_HEADERS } from './security-headers';
import type { PageFile } from './static-files';
import { parseViewFilter } from './view-filter';

const LOOPBACK = '127.0.0.1';

/** Limits for one client, or for all clients together. Times are in milliseconds. */
export interface ServerLimits {
  /** Time until the headers of a request are complete, from the start of the connection. */
  readonly headersMs: number;
  /** Time until a whole request has arrived. An event stream is a response, and is not limited. */
  readonly requestMs: number;
  /** How often both are checked. */
  readonly checkMs: number;
  /**
   * Request line and headers together, bytes. Browsers also send cookies of other servers on this machine, whatever
   * their port.
   */
  readonly headerBytes: number;
  /** Maximum number of connections, including event streams; further ones are closed immediately. */
  readonly connections: number;
}

const LIMITS: ServerLimits = {
  headersMs: 10_000,
  requestMs: 10_000,
  checkMs: 2_000,
  headerBytes: 16 * 1024,
  connections: 200,
};

/** The content of the server. */
export interface ServedContent {
  readonly page: ReadonlyMap<string, PageFile>;
  readonly broadcaster: Broadcaster;
}

function refuse(response: ServerResponse, status: number, reason: string): void {
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' }).end(`${reason}\n`);
}

function answer(request: IncomingMessage, response: ServerResponse, content: ServedContent, port: number): void {
  for (const [name, value] of Object.entries(SECURITY_HEADERS)) response.setHeader(name, value);
  if (!isOwnHost(request.headers.host, port))
    return refuse(response, 421, 'The Host header does not name this server.');
  if (request.method !== 'GET') {
    response.setHeader('allow', 'GET');
    return refuse(response, 405, 'This server accepts only GET requests.');
  }
  // The base only completes the path.
  const base = `http://${LOOPBACK}`;
  if (!URL.canParse(request.url ?? '', base)) return refuse(response, 400, 'The path of the request is invalid.');
  const url = new URL(request.url ?? '', base);
  if (url.pathname === '/events') {
    if (!isSameSite(request.headers) || !isOwnOrigin(request.headers.origin, port))
      return refuse(response, 403, 'Only the page of this server may send this request.');
    const filter = parseViewFilter(url.searchParams);
    if (!filter) return refuse(response, 400, 'minutes must be 5, 15 or 60, and campaign must be a name.');
    if (content.broadcaster.connect(response, filter)) return;
    // Hundreds of refused requests must not keep connections that others need.
    response.setHeader('connection', 'close');
    return refuse(response, 503, 'Too many pages are open. Close some of them, then reload this one.');
  }
  const file = content.page.get(url.pathname);
  if (!file) return refuse(response, 404, 'No such page.');
  response.writeHead(200, { 'content-type': file.type, 'content-length': file.body.length }).end(file.body);
}

/**
 * Listens only on the loopback interface, because anyone who can reach the server can read the results.
 * @param content what to serve
 * @param port to listen on; 0: any free port
 * @param limits default: limits for a page of one person
 * @returns the server, and its address
 * @throws DashboardError when the port is in use
 */
export async function listen(
  content: ServedContent,
  port: number,
  limits: ServerLimits = LIMITS,
): Promise<{ server: Server; url: string }> {
  const options = {
    headersTimeout: limits.headersMs,
    requestTimeout: limits.requestMs,
    connectionsCheckingInterval: limits.checkMs,
    maxHeaderSize: limits.headerBytes,
  };
  const server = createServer(options, (request, response) => {
    try {
      answer(request, response, content, (server.address() as AddressInfo).port);
    } catch (error) {
      // A failed request must not end the server for all pages.
      console.error(error);
      if (response.headersSent) response.destroy();
      else refuse(response, 500, 'The server failed; its output says why.');
    }
  });
  server.maxConnections = limits.connections;
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const reason =
        error.code === 'EADDRINUSE'
          ? `Port ${port} is in use. Choose another port, or omit --port to use a free one.`
          : error.message;
      reject(new DashboardError(`Cannot listen on ${LOOPBACK}:${port}: ${reason}`));
    });
    server.listen(port, LOOPBACK, resolve);
  });
  return { server, url: `http://${LOOPBACK}:${(server.address() as AddressInfo).port}/` };
}

/** Closes the server and every connection to it. */
export async function close(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeAllConnections();
  await closed;
}
