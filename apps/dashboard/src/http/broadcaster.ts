import type { ServerResponse } from 'node:http';
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
  private readonly clients = new Set<Client>();
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
   * @returns false when there are too many already; nothing was written then
   */
  connect(response: ServerResponse, filter: ViewFilter): boolean {
    if (this.clients.size >= MAX_CLIENTS) return false;
    const client = { filter, stream: new EventStream(response, this.boot) };
    this.clients.add(client);
    response.on('close', () => this.clients.delete(client));
    client.stream.send(sectionsOf(this.view(filter)), this.version, this.now());
    return true;
  }

  /** Sends everybody what has changed: one view for each filter, however many look at it. */
  publish(): void {
    this.version += 1;
    const views = new Map<string, ReadonlyMap<string, string>>();
    for (const client of this.clients) {
      const key = viewQuery(client.filter);
      const sections = views.get(key) ?? sectionsOf(this.view(client.filter));
      views.set(key, sections);
      if (!client.stream.send(sections, this.version, this.now())) this.clients.delete(client);
    }
  }

  /** Ends all streams. */
  close(): void {
    for (const { stream } of this.clients) stream.end();
    this.clients.clear();
  }
}
