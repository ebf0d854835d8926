package adanalytics.source;

import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * The clocks of the shards that one source subtask reads, and the watermark that results from them.
 * Called from the shards' threads and from the thread that emits watermarks.
 */
final class ShardClocks {
  private final long outOfOrdernessMillis;
  private final long idleTimeoutMillis;
  private final LongSupplier wallClock;
  private final Map<String, ShardClock> clocks = new ConcurrentHashMap<>();
  private final Map<String, ShardClock.Position> restored;
  private boolean allRegistered;

  /**
   * @param outOfOrdernessMillis how far behind the greatest event time of its shard an event may be
   * @param idleTimeoutMillis how long a shard must be caught up, without records, to be idle
   * @param restored positions by shard, from a checkpoint; may include shards of other subtasks
   * @param wallClock milliseconds since the epoch
   */
  ShardClocks(
      long outOfOrdernessMillis,
      long idleTimeoutMillis,
      Map<String, ShardClock.Position> restored,
      LongSupplier wallClock) {
    this.outOfOrdernessMillis = outOfOrdernessMillis;
    this.idleTimeoutMillis = idleTimeoutMillis;
    this.restored = restored;
    this.wallClock = wallClock;
  }

  /** Creates the clock of a shard if it does not exist; the watermark waits for it from now on. */
  synchronized void register(String shard) {
    clocks.computeIfAbsent(
        shard,
        name -> {
          ShardClock clock =
              new ShardClock(outOfOrdernessMillis, idleTimeoutMillis, wallClock.getAsLong());
          ShardClock.Position position = restored.get(name);
          if (position != null) {
            clock.restore(position);
          }
          return clock;
        });
  }

  /** See {@link ShardClock#observe}. */
  synchronized long observe(String shard, long eventTime, long arrivalTime) {
    return clocks.get(shard).observe(eventTime, arrivalTime, wallClock.getAsLong());
  }

  synchronized void batchStarted(String shard) {
    clocks.get(shard).batchStarted();
  }

  synchronized void batchDone(String shard, boolean caughtUp) {
    clocks.get(shard).batchDone(caughtUp, wallClock.getAsLong());
  }

  synchronized void finish(String shard) {
    clocks.get(shard).finish(wallClock.getAsLong());
  }

  synchronized void waitWith(String shard, long eventTime) {
    clocks.get(shard).waitWith(eventTime);
  }

  synchronized void goOn(String shard) {
    clocks.get(shard).goOn();
  }

  /**
   * Marks that every shard of this subtask is registered. Until then, checkpoints contain the
   * restored positions: otherwise the clock of a shard that is not registered yet would be lost.
   */
  synchronized void allRegistered() {
    allRegistered = true;
  }

  /**
   * Positions by shard, for the checkpoint. Shards without events and finished shards are left out.
   */
  synchronized Map<String, ShardClock.Position> snapshot() {
    long now = wallClock.getAsLong();
    clocks.values().removeIf(clock -> clock.isOver(now));
    Map<String, ShardClock.Position> positions =
        allRegistered ? new HashMap<>() : new HashMap<>(restored);
    clocks.forEach(
        (shard, clock) -> {
          if (clock.hasPosition()) {
            positions.put(shard, clock.position());
          }
        });
    return positions;
  }

  /** The subtask's current watermark. */
  synchronized SubtaskWatermark watermark() {
    long now = wallClock.getAsLong();
    long active = Long.MAX_VALUE;
    long idle = Long.MIN_VALUE;
    for (ShardClock clock : clocks.values()) {
      if (clock.isIdle(now)) {
        idle = Math.max(idle, clock.idleWatermark(now));
      } else {
        active = Math.min(active, clock.watermark());
      }
    }
    return active == Long.MAX_VALUE
        ? new SubtaskWatermark(idle, true)
        : new SubtaskWatermark(active, false);
  }

  /**
   * Records that a watermark was emitted, so the windows up to it may be closed.
   *
   * @param watermark milliseconds since the epoch
   */
  synchronized void closed(long watermark) {
    clocks.values().forEach(clock -> clock.closed(watermark));
  }

  /** The progress of the slowest shard that has something to read; empty if no shard has. */
  synchronized OptionalLong slowestFrontier() {
    long now = wallClock.getAsLong();
    return clocks.values().stream()
        .filter(clock -> !clock.isIdle(now))
        .mapToLong(ShardClock::frontier)
        .filter(frontier -> frontier != Long.MIN_VALUE)
        .min();
  }

  /** A watermark, and whether the subtask is idle, so that others need not wait for it. */
  static final class SubtaskWatermark {
    final long timestamp;
    final boolean idle;

    SubtaskWatermark(long timestamp, boolean idle) {
      this.timestamp = timestamp;
      this.idle = idle;
    }
  }
}
