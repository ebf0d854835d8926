import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { Feeds, pollFeeds, type PolledFeed } from './feeds/feeds';
import type { ResultsReader } from './results/results-reader';
import { RateMeter } from './rate-meter';
import { buildView } from './view/build-view';
import type { DashboardView, FlinkView, StatusView, ViewFilter } from './view/view';

/** Engagement comes in bursts, once a slide: the rate looks back over a minute. */
const RESULT_RATE_OVER_MS = 60_000;
const FLINK_EVERY_MS = 5_000;
/** After failures the table is asked less and less often. */
const MAX_PAUSE_MS = 15_000;

/**
 * A pause is at least so many times as long as the poll before it took: a table that answers slowly, such as an emulator that
 * looks through all items for each query, is left to the sink most of the time.
 */
const PAUSE_PER_POLL = 2;

/** What the dashboard is made of. */
export interface DashboardOptions {
  readonly reader: ResultsReader;
  readonly settings: ConstructorParameters<typeof Feeds>[0];
  /** What the page says the figures are from. */
  readonly source: string;
  readonly flink: { look(now: number): Promise<FlinkView> };
  /** From one poll to the next, milliseconds. */
  readonly pollMs: number;
  /** Without a new result for so long the figures are called stale, milliseconds. */
  readonly staleAfterMs: number;
  /** The results are those of a run that has ended: read once, and never stale. */
  readonly finished?: boolean;
  /** Milliseconds since the epoch; the clock unless given. */
  readonly now?: () => number;
}

/** Series that are read together, and how that went. */
interface Group {
  readonly feeds: readonly PolledFeed[];
  /** Whether a read of it has succeeded. */
  polled: boolean;
  /** Reads in a row that failed. */
  failures: number;
  /** Why the last one failed; null: it did not. */
  problem: string | null;
}

/** Follows the table and answers what there is to see. */
export class Dashboard {
  private readonly feeds: Feeds;
  private readonly rate = new RateMeter(RESULT_RATE_OVER_MS);
  private readonly now: () => number;
  private flink: FlinkView = { available: false, reason: 'Flink was not asked yet.' };
  private flinkAskedAt = -Infinity;
  private readonly groups: readonly Group[];
  private lastResultAt: number | null = null;

  /** @param options what it is made of */
  constructor(private readonly options: DashboardOptions) {
    this.feeds = new Feeds(options.settings);
    this.groups = this.feeds.groups.map((feeds) => ({ feeds, polled: false, failures: 0, problem: null }));
    this.now = options.now ?? Date.now;
  }

  /** Reads what is new, everywhere. Never rejects: a failure is part of what there is to see. */
  async poll(): Promise<void> {
    await Promise.all([this.askFlink(), ...this.groups.map((group) => this.pollGroup(group))]);
  }

  /**
   * Polls until it is stopped, each group of series at a separate pace.
   * @param stop ends it
   * @param onPoll called after each poll
   */
  async run(stop: AbortSignal, onPoll: () => void): Promise<void> {
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
    await Promise.all([...polls, flink]);
    if (!stop.aborted) await once(stop, 'abort');
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
      // What a first read brings is of unknown age.
      this.rate.add(group.polled ? added : 0, this.now());
      if (added > 0 && group.polled) this.lastResultAt = this.now();
      // What was there before the server was started is as old as its newest event.
      else this.lastResultAt ??= this.newestEventTime();
      group.polled = true;
      group.problem = null;
      group.failures = 0;
    } catch (error) {
      group.problem = describe(error);
      group.failures += 1;
    }
  }

  /** @returns all that a page with this filter shows */
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

/** @returns what went wrong in a line, without what a stack trace would tell about the machine */
function describe(error: unknown): string {
  const { name, message } = error as Error;
  if (name === 'ResourceNotFoundException') return 'The table does not exist yet.';
  const text = message || (error as { code?: string }).code || name;
  return (name === 'Error' || name === undefined ? text : `${name}: ${text}`).slice(0, 300);
}
