import type { Clock } from './clock';
import type { ShardMap } from './shard-map';

/** Least time between two looks at the shards: ListShards is limited to 1,000 calls a second in an account. */
const REFRESH_INTERVAL_MS = 5_000;

/** Reads the shard map again when an aggregated record lands in another shard than expected: the stream was resized. */
export class ShardWatch {
  private lastRefresh = -Infinity;
  private refreshing = false;
  /** Entries that landed elsewhere. */
  misrouted = 0;
  /** Looks at the shards that failed. */
  errors = 0;

  constructor(
    private readonly shards: ShardMap,
    private readonly clock: Clock,
  ) {}

  /** @param expected shard an aggregated entry was meant for, undefined for a plain one @param actual where it landed */
  observe(expected: string | undefined, actual: string | undefined): void {
    if (expected === undefined || actual === undefined || expected === actual) return;
    this.misrouted += 1;
    const now = this.clock.now();
    if (this.refreshing || now - this.lastRefresh < REFRESH_INTERVAL_MS) return;
    this.lastRefresh = now;
    this.refreshing = true;
    // While it fails the old map goes on being used: records are still delivered, only in fewer shards than there are.
    void this.shards
      .refresh()
      .catch(() => {
        this.errors += 1;
      })
      .finally(() => {
        this.refreshing = false;
      });
  }
}
