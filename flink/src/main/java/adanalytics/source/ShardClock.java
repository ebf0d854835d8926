package adanalytics.source;

/**
 * Event time as one shard tells it: the greatest event time seen, what is late against it, the
 * watermark, and whether the shard is quiet.
 *
 * <p>A shard is <em>idle</em> only if nothing is left to read in it: its last poll said that it is
 * caught up, that poll is recent, its records have been handed on, and none has come for the idle
 * timeout. A shard that is slow, throttled or held back by the rest of the job is not idle, so a
 * backlog makes nothing late that was not late when it happened.
 *
 * <p>Not thread-safe: {@link ShardClocks} guards it.
 */
final class ShardClock {
  private final long outOfOrdernessMillis;
  private final long idleTimeoutMillis;

  private long maxEventTime = Long.MIN_VALUE;
  private long quietSince;
  private long caughtUpAt = Long.MIN_VALUE;
  private boolean receiving;
  private boolean finished;
  private long waitingEventTime = Long.MAX_VALUE;

  ShardClock(long outOfOrdernessMillis, long idleTimeoutMillis, long now) {
    this.outOfOrdernessMillis = outOfOrdernessMillis;
    this.idleTimeoutMillis = idleTimeoutMillis;
    this.quietSince = now;
  }

  /** Takes up the greatest event time that a checkpoint holds for this shard. */
  void restore(long restoredMaxEventTime) {
    maxEventTime = Math.max(maxEventTime, restoredMaxEventTime);
  }

  /**
   * Notes an event in the shard's order.
   *
   * @param eventTime milliseconds since the epoch
   * @param now wall clock, in milliseconds since the epoch
   * @return how far the event is behind the greatest event time before it if that is more than the
   *     bound, else -1
   */
  long observe(long eventTime, long now) {
    quietSince = now;
    if (maxEventTime != Long.MIN_VALUE && eventTime < maxEventTime - outOfOrdernessMillis) {
      return maxEventTime - eventTime;
    }
    maxEventTime = Math.max(maxEventTime, eventTime);
    return -1;
  }

  /** A batch of records has come and is being handed on. */
  void batchStarted() {
    receiving = true;
  }

  /**
   * The batch was handed on.
   *
   * @param caughtUp whether the batch reached the tip of the shard
   * @param now wall clock, in milliseconds since the epoch
   */
  void batchDone(boolean caughtUp, long now) {
    receiving = false;
    caughtUpAt = caughtUp ? now : Long.MIN_VALUE;
  }

  /**
   * The shard was closed by a reshard and read to its end. It goes on holding the watermark for the
   * idle timeout: its children may not have been discovered yet, and their first events must not
   * find the windows closed.
   */
  void finish(long now) {
    finished = true;
    quietSince = now;
  }

  boolean isIdle(long now) {
    if (finished) {
      return now - quietSince >= idleTimeoutMillis;
    }
    boolean caughtUpLately = caughtUpAt != Long.MIN_VALUE && now - caughtUpAt <= idleTimeoutMillis;
    return !receiving && caughtUpLately && now - quietSince >= idleTimeoutMillis;
  }

  boolean hasEvents() {
    return maxEventTime != Long.MIN_VALUE;
  }

  long maxEventTime() {
    return maxEventTime;
  }

  /**
   * No event on time will be at or before this; {@code Long.MIN_VALUE} when the shard has not told
   * any time yet.
   */
  long watermark() {
    return hasEvents() ? maxEventTime - outOfOrdernessMillis - 1 : Long.MIN_VALUE;
  }

  /**
   * The watermark of a shard that has gone quiet: event time is taken to go on at the pace of the
   * wall clock, so that the last windows close, and an event that comes after the quiet with the
   * present time is still on time.
   */
  long idleWatermark(long now) {
    return hasEvents() && !finished ? watermark() + (now - quietSince) : watermark();
  }

  /** The shard's next event waits for the rest of the job to catch up. */
  void waitWith(long eventTime) {
    waitingEventTime = eventTime;
  }

  /** The waiting event goes on. */
  void goOn() {
    waitingEventTime = Long.MAX_VALUE;
  }

  /**
   * How far this shard has come, for holding others back. An event that waits counts as reached,
   * otherwise a gap in the slowest shard would make it wait for itself.
   */
  long frontier() {
    return waitingEventTime == Long.MAX_VALUE
        ? maxEventTime
        : Math.max(maxEventTime, waitingEventTime);
  }
}
