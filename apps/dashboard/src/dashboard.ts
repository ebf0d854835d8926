import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { Feeds, pollFeeds, type PolledFeed } from './feeds/feeds';
import type { ResultsReader } from './results/results-reader';
import { RateMeter } from './rate-meter';
import { buildView } from './view/build-view';
import type { DashboardView, FlinkView, StatusView, ViewFilter } from './view/view';

/** Engagement scores arrive in a burst for each slide, so the rate covers a minute. */
const RESULT_RATE_OVER_MS = 60_000;
const FLINK_EVERY_MS = 5_000;
/** After failures, the pause between reads of the table increases. */
const MAX_PAUSE_MS = 15_000;

/**
 * A pause is at least this many times as long as the previous poll. So a slow table, such as an emulator that scans all
 * items for each query, has most of its time for the sink.
 */
const PAUSE_PER_POLL = 2;

/** The parts of the dashboard. */
export interface DashboardOptions {
  readonly reader: ResultsReader;
  readonly settings: ConstructorParameters<typeof Feeds>[0];
  /** Name of the source of the figures, shown on the page. */
  readonly source: string;
  readonly flink: { look(now: number): Promise<FlinkView> };
  /** Time between polls, in milliseconds. */
  readonly pollMs: number;
  /** Time without a new result after which the figures are stale, in milliseconds. */
  readonly staleAfterMs: number;
  /** True for a finished run: its results are read once and never become stale. */
  readonly finished?: boolean;
  /** Milliseconds since the epoch; default: the system clock. */
  readonly now?: () => number;
}

/** Series that are read together, and the outcome of the last read. */
interface Group {
  readonly feeds: readonly PolledFeed[];
  /** Whether a read has succeeded. */
  polled: boolean;
  /** Number of consecutive failed reads. */
  failures: number;
  /** Why the last read failed; null if it succeeded. */
  problem: string | null;
}

/** Follows the table, and returns what to show. */
export class Dashboard {
  private readonly feeds: Feeds;
  private readonly rate = new RateMeter(RESULT_RATE_OVER_MS);
  private readonly now: () => number;
  private flink: FlinkView = { available: false, reason: 'Flink was not queried yet.' };
  private flinkAskedAt = -Infinity;
  private readonly groups: readonly Group[];
  private lastResultAt: number | null = null;

  /** @param options its parts */
  constructor(private readonly options: DashboardOptions) {
    this.feeds = new Feeds(options.settings);
    this.groups = this.feeds.groups.map((feeds) => ({ feeds, polled: false, failures: 0, problem: null }));
    this.now = options.now ?? Date.now;
  }

  /** Reads new results of all series. Never rejects: failures are part of the view. */
  async poll(): Promise<void> {
    await Promise.all([this.askFlink(), ...this.groups.map((group) => this.pollGroup(group))]);
  }

  /**
   * Polls until it is stopped. Each group of series has a separate interval.
   * @param stop ends it
   * @param onPoll called after each poll
   */
  async run(stop: AbortSignal, onPoll: () => void): Promise<void> {
    if (stop.aborted) return;
    const stopped = once(stop, 'abort');
    const { pollMs } = this.options;
    const repeat = async (work: () => Promise<number>) => {
      while (!stop.aborted) {
        const started = performance.now();
        const failures = await work();
        const took = performance.now() - started;
        onPoll();
        if (this.isRead) return;
        const backoff = Math.min(pollMs * 2 ** Math.min(failures, 5), Math.max(MAX_PAUSE_MS, pollMs));
        const pause = Math.max(backoff, PAUSE_PER_POLL * took);
        await sleep(pause, undefined, { signal: stop }).catch(() => {});
      }
    };
    const polls = this.groups.map((group) =>
      repeat(async () => {
        await this.pollGroup(group);
        return group.failures;
      }),
    );
    const flink = repeat(async () => {
      await this.askFlink();
      return 0;
    });
    // A read may take a minute while the table answers slowly. What it finds is not shown any more.
    await Promise.race([Promise.all([...polls, flink]).then(() => stopped), stopped]);
  }

  /** Whether everything has been read, as in a finished run. */
  private get isRead(): boolean {
    return this.options.finished === true && this.feeds.caughtUp && this.groups.every(({ polled }) => polled);
  }

  private async askFlink(): Promise<void> {
    const now = this.now();
    if (now - this.flinkAskedAt < FLINK_EVERY_MS) return;
    this.flinkAskedAt = now;
    this.flink = await this.options.flink.look(now);
  }

  private async pollGroup(group: Group): Promise<void> {
    try {
      const added = await pollFeeds(group.feeds, this.options.reader, this.now());
      // The age of results from a first read is unknown.
      this.rate.add(group.polled ? added : 0, this.now());
      if (added > 0 && group.polled) this.lastResultAt = this.now();
      // Results from before the start of the server are as old as the newest event.
      else this.lastResultAt ??= this.newestEventTime();
      group.polled = true;
      group.problem = null;
      group.failures = 0;
    } catch (error) {
      group.problem = describe(error);
      group.failures += 1;
    }
  }

  /** @returns everything that a page with this filter shows */
  view(filter: ViewFilter): DashboardView {
    const now = this.now();
    return buildView(this.feeds, filter, {
      status: this.status(now),
      flink: this.flink,
      resultsPerSecond: this.rate.perSecond(now),
    });
  }

  private newestEventTime(): number | null {
    const { dataEnd, attributed } = this.feeds;
    const newest = Math.max(dataEnd ?? 0, attributed.newest ?? 0);
    return newest === 0 ? null : newest;
  }

  private status(now: number): StatusView {
    const { lastResultAt, groups, options } = this;
    const problem = groups.find((group) => group.problem !== null)?.problem ?? null;
    const old = lastResultAt !== null && now - lastResultAt > options.staleAfterMs;
    const state = () => {
      if (problem !== null) return 'error';
      if (!groups.some(({ polled }) => polled)) return 'starting';
      if (lastResultAt === null) return this.feeds.caughtUp ? 'empty' : 'starting';
      if (options.finished === true) return 'finished';
      return old ? 'stale' : 'live';
    };
    return {
      serverTime: now,
      state: state(),
      problem,
      lastResultAt,
      newestEventTime: this.newestEventTime(),
      source: options.source,
      caughtUp: this.feeds.caughtUp,
      complete: this.feeds.complete,
    };
  }
}

/** @returns the error in one line, without details of the machine from a stack trace */
function describe(error: unknown): string {
  const { name, message } = error as Error;
  if (name === 'ResourceNotFoundException') return 'The table does not exist yet.';
  const text = message || (error as { code?: string }).code || name;
  return (name === 'Error' || name === undefined ? text : `${name}: ${text}`).slice(0, 300);
}
