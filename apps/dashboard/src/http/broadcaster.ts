import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { DashboardView, ViewFilter } from '../view/view';
import { EventStream, sectionsOf } from './event-stream';
import { viewQuery } from './view-filter';

/** More pages than anyone has open; a page that connects in a loop must not exhaust the server. */
const MAX_CLIENTS = 50;

interface Client {
  readonly filter: ViewFilter;
  readonly stream: EventStream;
}

/** Sends every connected page its view. */
export class Broadcaster {
  /** By connection: a request that follows a stream on its connection would be answered after the stream, which has no end. */
  private readonly clients = new Map<Socket, Client>();
  private readonly boot = Date.now().toString(36);
  private version = 0;

  /** @param view of a filter, as it is now @param now milliseconds since the epoch; the clock unless given */
  constructor(
    private readonly view: (filter: ViewFilter) => DashboardView,
    private readonly now: () => number = Date.now,
  ) {}

  /** Pages that are connected. */
  get size(): number {
    return this.clients.size;
  }

  /**
   * @param response of a page that connects @param filter what it wants to see
   * @returns false when there are too many already, or one on this connection; nothing was written then
   */
  connect(response: ServerResponse, filter: ViewFilter): boolean {
    const { socket } = response.req;
    if (this.clients.size >= MAX_CLIENTS || this.clients.has(socket)) return false;
    // First, so that a view that fails is an answer without a stream.
    const sections = sectionsOf(this.view(filter));
    const client = { filter, stream: new EventStream(response, this.boot) };
    this.clients.set(socket, client);
    const forget = () => {
      if (this.clients.get(socket) === client) this.clients.delete(socket);
      socket.off('close', forget);
    };
    response.on('close', forget);
    // Also where the answer waits for another one on the same connection: it is not closed then, only forgotten.
    socket.on('close', forget);
    client.stream.send(sections, this.version, this.now());
    return true;
  }

  /** Sends everybody what has changed: one view for each filter, however many look at it. */
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
