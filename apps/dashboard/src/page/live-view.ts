import { viewQuery } from '../http/view-filter';
import type { DashboardView, ViewFilter, ViewMessage } from '../view/view';

/** The server sends at least every 5 s; what is silent for so long is gone, milliseconds. */
const SILENT_MS = 12_000;
const CHECK_EVERY_MS = 1_000;
/** A browser gives up for good at an answer that is not an event stream, such as of a server that is full. */
const RECONNECT_MS = 3_000;

/** What the page knows. */
export interface LiveState {
  /** Undefined until the first message. */
  readonly view: DashboardView | undefined;
  /** `connecting` until the first message, also after another filter was chosen. */
  readonly connection: 'connecting' | 'open' | 'lost';
  /** When the last message came, by this browser's clock. */
  readonly heardAt: number;
}

/** Follows the event stream of one filter after the other. It keeps the newest view only, so it does not grow. */
export class LiveView {
  private source: EventSource | undefined;
  private reconnect: ReturnType<typeof setTimeout> | undefined;
  private state: LiveState = { view: undefined, connection: 'connecting', heardAt: Date.now() };
  private filter: ViewFilter | undefined;

  /** @param onChange told every new state */
  constructor(private readonly onChange: (state: LiveState) => void) {
    setInterval(() => this.checkSilence(), CHECK_EVERY_MS);
  }

  /** @param filter what to see from now on; the old figures stay until the new ones are there */
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
    // The connection may be dead without the browser knowing it.
    this.open();
  }

  private update(change: Partial<LiveState>): void {
    this.state = { ...this.state, ...change };
    this.onChange(this.state);
  }
}
