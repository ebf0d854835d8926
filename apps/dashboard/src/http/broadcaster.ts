import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { DashboardView, ViewFilter } from '../view/view';
import { EventStream, sectionsOf } from './event-stream';
import { viewQuery } from './view-filter';

/** More pages than a user has open. A page that connects in a loop must not exhaust the server. */
const MAX_CLIENTS = 50;

interface Client {
  readonly filter: ViewFilter;
  readonly stream: EventStream;
}

/** Sends every connected page its view. */
export class Broadcaster {
  /**
   * By connection: a request after a stream on the same connection would wait for the end of the stream, which never
   * ends.
   */
  private readonly clients = new Map<Socket, Client>();
  private readonly boot = Date.now().toString(36);
  private version = 0;

  /**
   * @param view returns the current view of a filter
   * @param now milliseconds since the epoch; default: the system clock
   */
  constructor(
    private readonly view: (filter: ViewFilter) => DashboardView,
    private readonly now: () => number = Date.now,
  ) {}

  /** Number of connected pages. */
  get size(): number {
    return this.clients.size;
  }

  /**
   * @param response of a connecting page
   * @param filter of the page
   * @returns false if there are too many streams, or one
   *   on this connection; then nothing was written
   */
  connect(response: ServerResponse, filter: ViewFilter): boolean {
    const { socket } = response.req;
    if (this.clients.size >= MAX_CLIENTS || this.clients.has(socket)) return false;
    // First, so that a failed view gets a response without a stream.
    const sections = sectionsOf(this.view(filter));
    const client = { filter, stream: new EventStream(response, this.boot) };
    this.clients.set(socket, client);
    const forget = () => {
      if (this.clients.get(socket) === client) this.clients.delete(socket);
      socket.off('close', forget);
    };
    response.on('close', forget);
    // Also if the response waits for another one on the same connection: then it is not closed, only dropped.
    socket.on('close', forget);
    client.stream.send(sections, this.version, this.now());
    return true;
  }

  /** Sends the changes to all pages. The view of a filter is computed once, however many pages use it. */
  publish(): void {
    this.version += 1;
    const views = new Map<string, ReadonlyMap<string, string>>();
    for (const [socket, client] of this.clients) {
      const key = viewQuery(client.filter);
      const sections = views.get(key) ?? sectionsOf(this.view(client.filter));
      views.set(key, sections);
      if (!client.stream.send(sections, this.version, this.now())) this.clients.delete(socket);
    }
  }

  /** Ends all streams. */
  close(): void {
    for (const { stream } of this.clients.values()) stream.end();
    this.clients.clear();
  }
}
