import type { Clock } from './clock';
import type { ShardMap } from './shard-map';

/** Minimum time between reads of the shards: ListShards is limited to 1,000 calls per second in an account. */
const REFRESH_INTERVAL_MS = 5_000;

/**
 * Reads the shard map again when an aggregated record arrives in an unexpected shard, because the stream was resized.
 */
export class ShardWatch {
  private lastRefresh = -Infinity;
  private refreshing = false;
  /** Number of entries in an unexpected shard. */
  misrouted = 0;
  /** Number of failed reads of the shards. */
  errors = 0;

  constructor(
    private readonly shards: ShardMap,
    private readonly clock: Clock,
  ) {}

  /**
   * @param expected target shard of an aggregated entry; undefined for a plain one
   * @param actual shard of the entry
   */
  observe(expected: string | undefined, actual: string | undefined): void {
    if (expected === undefined || actual === undefined || expected === actual) return;
    this.misrouted += 1;
    const now = this.clock.now();
    if (this.refreshing || now - this.lastRefresh < REFRESH_INTERVAL_MS) return;
    this.lastRefresh = now;
    this.refreshing = true;
    // While it fails, the writer uses the old map: records are still delivered, but to fewer shards.
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
