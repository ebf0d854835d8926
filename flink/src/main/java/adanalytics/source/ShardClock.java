package adanalytics.source;

/**
 * The clock of one shard: what is late against it, the watermark, and whether the shard is quiet.
 *
 * <p>The clock is the greatest {@code min(event time, arrival time)} of the shard's records. A
 * producer whose clock runs ahead moves it no further than its records' arrival, so makes no event
 * of the others late.
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

  private long time = Long.MIN_VALUE;
  private long quietSince;

  /** The watermark when the quiet began. */
  private long quietFrom = Long.MIN_VALUE;

  /** The windows up to here may be closed: the greatest watermark that was emitted. */
  private long closedUpTo = Long.MIN_VALUE;

  private long caughtUpAt = Long.MIN_VALUE;
  private boolean receiving;
  private boolean finished;
  private long waitingEventTime = Long.MAX_VALUE;

  ShardClock(long outOfOrdernessMillis, long idleTimeoutMillis, long now) {
    this.outOfOrdernessMillis = outOfOrdernessMillis;
    this.idleTimeoutMillis = idleTimeoutMillis;
    this.quietSince = now;
  }

  /**
   * Continues from a checkpoint.
   *
   * @param position what {@link #position} returned
   */
  void restore(Position position) {
    time = Math.max(time, position.time);
    quietSince = position.quietSince;
    closedUpTo = Math.max(closedUpTo, position.closedUpTo);
    quietFrom = Math.max(position.quietFrom, ownWatermark());
  }

  /**
   * Notes an event in the shard's order.
   *
   * @param eventTime milliseconds since the epoch
   * @param arrivalTime when Kinesis took the record, in milliseconds since the epoch
   * @param now wall clock, in milliseconds since the epoch
   * @return how far the event is behind if it is late, else -1. It is late when it is behind the
   *     clock by more than the bound, or when the windows of its time were closed because the shard
   *     was quiet: then it is as far behind as if an event had closed them
   */
  long observe(long eventTime, long arrivalTime, long now) {
    long lateness = lateness(eventTime);
    // An event that finds its windows closed moves the clock as well: the clock is a fact of the
    // shard.
    time = Math.max(time, Math.min(eventTime, arrivalTime));
    quietSince = now;
    quietFrom = watermark();
    return lateness;
  }

  private long lateness(long eventTime) {
    if (hasEvents() && eventTime < time - outOfOrdernessMillis) {
      return time - eventTime;
    }
    return eventTime <= closedUpTo ? closedUpTo + 1 + outOfOrdernessMillis - eventTime : -1;
  }

  /**
   * A watermark was emitted. For a shard with something to read it is not ahead of the shard's own;
   * a quiet one may have been left behind.
   *
   * @param watermark milliseconds since the epoch
   */
  void closed(long watermark) {
    closedUpTo = Math.max(closedUpTo, watermark);
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
    return time != Long.MIN_VALUE;
  }

  /** The clock, in milliseconds since the epoch; {@code Long.MIN_VALUE} before the first event. */
  long time() {
    return time;
  }

  /** What a checkpoint keeps. */
  Position position() {
    return new Position(time, quietSince, quietFrom, closedUpTo);
  }

  /** The shard was read to its end, and no longer holds the watermark. */
  boolean isOver(long now) {
    return finished && isIdle(now);
  }

  /**
   * No event on time will be at or before this; {@code Long.MIN_VALUE} when the shard has not told
   * any time yet. It never falls back, over restarts neither.
   */
  long watermark() {
    return Math.max(ownWatermark(), closedUpTo);
  }

  private long ownWatermark() {
    return hasEvents() ? time - outOfOrdernessMillis - 1 : Long.MIN_VALUE;
  }

  /** Whether there is anything that a restart must know of. */
  boolean hasPosition() {
    return hasEvents() || closedUpTo != Long.MIN_VALUE;
  }

  /**
   * The watermark of a shard that has gone quiet: event time is taken to go on at the pace of the
   * wall clock, so that the last windows close, and an event that comes after the quiet with the
   * present time is still on time.
   */
  long idleWatermark(long now) {
    return hasEvents() && !finished
        ? Math.max(watermark(), quietFrom + (now - quietSince))
        : watermark();
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
    return waitingEventTime == Long.MAX_VALUE ? time : Math.max(time, waitingEventTime);
  }

  /** What a checkpoint keeps of a shard's clock; all in milliseconds since the epoch. */
  static final class Position {
    final long time;

    /**
     * Wall clock. It is kept so that a restart does not begin the quiet again: the last windows
     * would wait as long as the quiet had lasted.
     */
    final long quietSince;

    /** The watermark at that time. */
    final long quietFrom;

    /** Kept so that windows which the quiet has closed are closed after a restart as well. */
    final long closedUpTo;

    Position(long time, long quietSince, long quietFrom, long closedUpTo) {
      this.time = time;
      this.quietSince = quietSince;
      this.quietFrom = quietFrom;
      this.closedUpTo = closedUpTo;
    }

    /** The position in a shard whose windows were closed by its events only. */
    static Position of(long time, long quietSince) {
      return new Position(time, quietSince, Long.MIN_VALUE, Long.MIN_VALUE);
    }

    /** The same with what the quiet has closed. */
    Position withQuiet(long from, long upTo) {
      return new Position(time, quietSince, from, Math.max(closedUpTo, upTo));
    }

    /**
     * The one with the later clock; of equal ones, the one that is quiet since later. Closed is
     * what either has closed.
     */
    static Position later(Position one, Position other) {
      boolean first =
          one.time == other.time ? one.quietSince >= other.quietSince : one.time > other.time;
      return first
          ? one.withQuiet(one.quietFrom, other.closedUpTo)
          : other.withQuiet(other.quietFrom, one.closedUpTo);
    }
  }
}
