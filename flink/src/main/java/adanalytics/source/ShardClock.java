package adanalytics.source;

/**
 * The event-time clock of one shard: decides which events are late, the watermark, and whether the
 * shard is idle.
 *
 * <p>The clock is the greatest {@code min(event time, arrival time)} of the shard's records. A
 * producer whose clock runs ahead advances it at most to the arrival of its records, so it does not
 * make events of other producers late.
 *
 * <p>A shard is <em>idle</em> only if nothing is left to read: its last poll reached the tip of the
 * shard, that poll is recent, all of its records were emitted, and no record came for the idle
 * timeout. A shard that is slow, throttled or held back by the rest of the job is not idle, so a
 * backlog does not make events late.
 *
 * <p>Not thread-safe: {@link ShardClocks} guards it.
 */
final class ShardClock {
  private final long outOfOrdernessMillis;
  private final long idleTimeoutMillis;

  private long time = Long.MIN_VALUE;
  private long idleSince;

  /** The watermark when the idle period began. */
  private long watermarkWhenIdle = Long.MIN_VALUE;

  /** The windows up to this time may be closed: the greatest watermark that was emitted. */
  private long closedUpTo = Long.MIN_VALUE;

  private long caughtUpAt = Long.MIN_VALUE;
  private boolean receiving;
  private boolean finished;
  private long waitingEventTime = Long.MAX_VALUE;

  ShardClock(long outOfOrdernessMillis, long idleTimeoutMillis, long now) {
    this.outOfOrdernessMillis = outOfOrdernessMillis;
    this.idleTimeoutMillis = idleTimeoutMillis;
    this.idleSince = now;
  }

  /**
   * Continues from a checkpoint.
   *
   * @param position what {@link #position} returned
   */
  void restore(Position position) {
    time = Math.max(time, position.time);
    idleSince = position.idleSince;
    closedUpTo = Math.max(closedUpTo, position.closedUpTo);
    watermarkWhenIdle = Math.max(position.watermarkWhenIdle, ownWatermark());
  }

  /**
   * Records an event, in the order of the shard.
   *
   * @param eventTime milliseconds since the epoch
   * @param arrivalTime when Kinesis took the record, in milliseconds since the epoch
   * @param now wall clock, in milliseconds since the epoch
   * @return how far a late event is behind, in milliseconds; -1 if it is on time. An event is late
   *     when it is behind the clock by more than the bound, or when its windows were closed because
   *     the shard was idle. In the second case, the value is the same as if an event had closed the
   *     windows
   */
  long observe(long eventTime, long arrivalTime, long now) {
    long lateness = lateness(eventTime);
    // An event whose windows are closed also advances the clock: the clock depends only on the
    // records of the shard.
    time = Math.max(time, Math.min(eventTime, arrivalTime));
    idleSince = now;
    watermarkWhenIdle = watermark();
    return lateness;
  }

  private long lateness(long eventTime) {
    if (hasEvents() && eventTime < time - outOfOrdernessMillis) {
      return time - eventTime;
    }
    return eventTime <= closedUpTo ? closedUpTo + 1 + outOfOrdernessMillis - eventTime : -1;
  }

  /**
   * Records that a watermark was emitted. It can be ahead of the watermark of this shard only if
   * the shard is idle.
   *
   * @param watermark milliseconds since the epoch
   */
  void closed(long watermark) {
    closedUpTo = Math.max(closedUpTo, watermark);
  }

  /** A batch of records was received and is being emitted. */
  void batchStarted() {
    receiving = true;
  }

  /**
   * The batch was emitted.
   *
   * @param caughtUp whether the batch reached the tip of the shard
   * @param now wall clock, in milliseconds since the epoch
   */
  void batchDone(boolean caughtUp, long now) {
    receiving = false;
    caughtUpAt = caughtUp ? now : Long.MIN_VALUE;
  }

  /**
   * The shard was closed by a reshard and read to its end. It still holds the watermark for the
   * idle timeout: its child shards may not be discovered yet, and the windows must be open for
   * their first events.
   */
  void finish(long now) {
    finished = true;
    idleSince = now;
  }

  boolean isIdle(long now) {
    if (finished) {
      return now - idleSince >= idleTimeoutMillis;
    }
    boolean caughtUpLately = caughtUpAt != Long.MIN_VALUE && now - caughtUpAt <= idleTimeoutMillis;
    return !receiving && caughtUpLately && now - idleSince >= idleTimeoutMillis;
  }

  boolean hasEvents() {
    return time != Long.MIN_VALUE;
  }

  /** The clock, in milliseconds since the epoch; {@code Long.MIN_VALUE} before the first event. */
  long time() {
    return time;
  }

  /** The state of the clock for a checkpoint. */
  Position position() {
    return new Position(time, idleSince, watermarkWhenIdle, closedUpTo);
  }

  /** Whether the shard was read to its end and no longer holds the watermark. */
  boolean isOver(long now) {
    return finished && isIdle(now);
  }

  /**
   * The watermark of the shard: no on-time event will be at or before it. {@code Long.MIN_VALUE}
   * before the first event. It never decreases, also not after a restart.
   */
  long watermark() {
    return Math.max(ownWatermark(), closedUpTo);
  }

  private long ownWatermark() {
    return hasEvents() ? time - outOfOrdernessMillis - 1 : Long.MIN_VALUE;
  }

  /** Whether the clock has state that a restart needs. */
  boolean hasPosition() {
    return hasEvents() || closedUpTo != Long.MIN_VALUE;
  }

  /**
   * The watermark of an idle shard: event time advances with the wall clock. So the last windows
   * close, and an event with the current time is still on time after the idle period.
   */
  long idleWatermark(long now) {
    return hasEvents() && !finished
        ? Math.max(watermark(), watermarkWhenIdle + (now - idleSince))
        : watermark();
  }

  /** The shard's next event waits until the rest of the job has caught up. */
  void waitWith(long eventTime) {
    waitingEventTime = eventTime;
  }

  /** The waiting event is emitted. */
  void goOn() {
    waitingEventTime = Long.MAX_VALUE;
  }

  /**
   * The progress of this shard, by which other shards are held back. A waiting event counts as
   * reached; otherwise the slowest shard would wait for itself at a gap in its event times.
   */
  long frontier() {
    return waitingEventTime == Long.MAX_VALUE ? time : Math.max(time, waitingEventTime);
  }

  /** The state of a shard's clock in a checkpoint; all times in milliseconds since the epoch. */
  static final class Position {
    final long time;

    /**
     * Wall-clock time since when the shard is idle. Without it, a restart would begin the idle
     * period again and delay the last windows.
     */
    final long idleSince;

    /** The watermark at that time. */
    final long watermarkWhenIdle;

    /** Stored so that windows that an idle period has closed stay closed after a restart. */
    final long closedUpTo;

    Position(long time, long idleSince, long watermarkWhenIdle, long closedUpTo) {
      this.time = time;
      this.idleSince = idleSince;
      this.watermarkWhenIdle = watermarkWhenIdle;
      this.closedUpTo = closedUpTo;
    }

    /** The position of a shard whose windows were closed only by its events. */
    static Position of(long time, long idleSince) {
      return new Position(time, idleSince, Long.MIN_VALUE, Long.MIN_VALUE);
    }

    /** The same position, with the windows that an idle period has closed. */
    Position withIdlePeriod(long from, long upTo) {
      return new Position(time, idleSince, from, Math.max(closedUpTo, upTo));
    }

    /**
     * The position with the later clock; if they are equal, the one whose idle period began later.
     * Windows that either position has closed are closed.
     */
    static Position later(Position one, Position other) {
      boolean first =
          one.time == other.time ? one.idleSince >= other.idleSince : one.time > other.time;
      return first
          ? one.withIdlePeriod(one.watermarkWhenIdle, other.closedUpTo)
          : other.withIdlePeriod(other.watermarkWhenIdle, one.closedUpTo);
    }
  }
}
