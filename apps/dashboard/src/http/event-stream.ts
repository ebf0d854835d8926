import type { ServerResponse } from 'node:http';
import type { DashboardView, ViewMessage } from '../view/view';

/** A client with this many unread bytes gets nothing until it has read them. */
const MAX_UNSENT = 512 * 1024;
/** A client that reads nothing for this long is disconnected, in milliseconds. */
const GIVE_UP_MS = 30_000;
/** How long a browser waits before it reconnects, in milliseconds. */
const RETRY_MS = 2_000;

/** @returns the sections that differ, as JSON to send */
function changed(before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): string {
  const parts = [...after].filter(([section, json]) => before.get(section) !== json);
  return `{${parts.map(([section, json]) => `${JSON.stringify(section)}:${json}`).join(',')}}`;
}

/** @returns each section as JSON, for comparison and sending */
export function sectionsOf(view: DashboardView): ReadonlyMap<string, string> {
  return new Map(Object.entries(view satisfies ViewMessage).map(([section, part]) => [section, JSON.stringify(part)]));
}

/**
 * The server-sent events of one client: first everything, then the changes. The status changes with every message, so
 * each message is also a heartbeat. A client that is too slow does not use memory: once it has caught up, the next
 * message contains everything that it missed.
 */
export class EventStream {
  private sent: ReadonlyMap<string, string> = new Map();
  private blockedSince: number | undefined;

  /**
   * @param response to write to, with unsent headers
   * @param boot part of the ids that identifies the start of the server
   */
  constructor(
    private readonly response: ServerResponse,
    private readonly boot: string,
  ) {
    response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8', 'x-accel-buffering': 'no' });
    response.write(`retry: ${RETRY_MS}\n\n`);
  }

  /**
   * @param sections of the view, from {@link sectionsOf}
   * @param version increasing number of the view
   * @param now milliseconds since the epoch
   * @returns false if the client has disconnected
   */
  send(sections: ReadonlyMap<string, string>, version: number, now: number): boolean {
    const { response } = this;
    if (response.destroyed || response.writableEnded) return false;
    if (response.writableLength > MAX_UNSENT) {
      this.blockedSince ??= now;
      if (now - this.blockedSince < GIVE_UP_MS) return true;
      response.destroy();
      return false;
    }
    this.blockedSince = undefined;
    const event = this.sent.size === 0 ? 'snapshot' : 'delta';
    response.write(`id: ${this.boot}-${version}\nevent: ${event}\ndata: ${changed(this.sent, sections)}\n\n`);
    this.sent = sections;
    return true;
  }

  /** Ends the stream; the browser will reconnect. */
  end(): void {
    this.response.end();
  }
}
