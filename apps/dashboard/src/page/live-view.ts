import { viewQuery } from '../http/view-filter';
import type { DashboardView, ViewFilter, ViewMessage } from '../view/view';

/**
 * The server sends a message at least every 5 s. After this time without one, the connection is dead, in milliseconds.
 */
const SILENT_MS = 12_000;
const CHECK_EVERY_MS = 1_000;
/** A browser does not reconnect after a response that is not an event stream, such as that of a full server. */
const RECONNECT_MS = 3_000;

/** The data of the page. */
export interface LiveState {
  /** Undefined until the first message. */
  readonly view: DashboardView | undefined;
  /** `connecting` until the first message, also after a change of the filter. */
  readonly connection: 'connecting' | 'open' | 'lost';
  /** Time of the last message, by the browser's clock. */
  readonly heardAt: number;
}

/** Follows the event stream of the current filter. It keeps only the newest view, so its memory does not grow. */
export class LiveView {
  private source: EventSource | undefined;
  private reconnect: ReturnType<typeof setTimeout> | undefined;
  private state: LiveState = { view: undefined, connection: 'connecting', heardAt: Date.now() };
  private filter: ViewFilter | undefined;

  /** @param onChange called with every new state */
  constructor(private readonly onChange: (state: LiveState) => void) {
    setInterval(() => this.checkSilence(), CHECK_EVERY_MS);
  }

  /** @param filter new filter; the old figures stay until the new ones arrive */
  show(filter: ViewFilter): void {
    this.filter = filter;
    this.open();
  }

  private open(): void {
    if (!this.filter) return;
    clearTimeout(this.reconnect);
    this.source?.close();
    const source = new EventSource(`/events?${viewQuery(this.filter)}`);
    this.source = source;
    const take = (event: MessageEvent<string>) => this.take(JSON.parse(event.data) as ViewMessage);
    source.addEventListener('snapshot', take);
    source.addEventListener('delta', take);
    source.addEventListener('error', () => {
      this.update({ connection: this.state.view ? 'lost' : 'connecting' });
      if (source.readyState !== EventSource.CLOSED) return;
      this.reconnect = setTimeout(() => this.open(), RECONNECT_MS);
    });
  }

  private take(message: ViewMessage): void {
    const view = { ...this.state.view, ...message } as DashboardView;
    this.update({ view, connection: 'open', heardAt: Date.now() });
  }

  private checkSilence(): void {
    if (this.state.connection !== 'open' || Date.now() - this.state.heardAt < SILENT_MS) return;
    this.update({ connection: 'lost' });
    // The connection may be dead without the browser noticing.
    this.open();
  }

  private update(change: Partial<LiveState>): void {
    this.state = { ...this.state, ...change };
    this.onChange(this.state);
  }
}
