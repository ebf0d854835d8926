import type { ServerResponse } from 'node:http';
import type { DashboardView, ViewMessage } from '../view/view';

/** A client that has not taken this much gets nothing more until it has, bytes. */
const MAX_UNSENT = 512 * 1024;
/** A client that takes nothing for this long is gone, milliseconds. */
const GIVE_UP_MS = 30_000;
/** How long a browser waits before it connects again, milliseconds. */
const RETRY_MS = 2_000;

/** @returns the sections that differ, as they are sent */
function changed(before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): string {
  const parts = [...after].filter(([section, json]) => before.get(section) !== json);
  return `{${parts.map(([section, json]) => `${JSON.stringify(section)}:${json}`).join(',')}}`;
}

/** @returns each section as JSON, the form that is compared and sent */
export function sectionsOf(view: DashboardView): ReadonlyMap<string, string> {
  return new Map(Object.entries(view satisfies ViewMessage).map(([section, part]) => [section, JSON.stringify(part)]));
}

/**
 * The server-sent events of one client: first everything, then what has changed. The status changes with every message, so a
 * message is a heartbeat too. A client that is too slow loses messages, not memory: once it has caught up, the next one holds
 * all that it missed.
 */
export class EventStream {
  private sent: ReadonlyMap<string, string> = new Map();
  private blockedSince: number | undefined;

  /** @param response to write to, not begun yet @param boot tells the starts of the server apart in the ids */
  constructor(
    private readonly response: ServerResponse,
    private readonly boot: string,
  ) {
    response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8', 'x-accel-buffering': 'no' });
    response.write(`retry: ${RETRY_MS}\n\n`);
  }

  /**
   * @param sections of the view, as {@link sectionsOf} makes them
   * @param version number of the view, growing
   * @param now milliseconds since the epoch
   * @returns false when the client is gone
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

  /** Ends it; the browser will connect again. */
  end(): void {
    this.response.end();
  }
}
