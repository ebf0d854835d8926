package adanalytics.source;

import java.util.Arrays;
import java.util.function.LongSupplier;

/**
 * Measures how far the clocks of producers run ahead: the greatest difference between an event's
 * time and its arrival within the last minute. The threads of the shards write, the metric reporter
 * reads.
 */
final class ClockSkew {
  private static final long SLOT_MILLIS = 10_000;

  /** The slots of the last minute, and the current slot. */
  private static final int SLOTS = 7;

  private final LongSupplier wallClock;
  private final long[] greatest = new long[SLOTS];
  private long slot = Long.MIN_VALUE;

  /**
   * @param wallClock milliseconds since the epoch
   */
  ClockSkew(LongSupplier wallClock) {
    this.wallClock = wallClock;
  }

  /**
   * Records an accepted event.
   *
   * @param leadMillis its event time minus its arrival time; usually negative
   */
  void observe(long leadMillis) {
    if (leadMillis > 0) {
      add(leadMillis);
    }
  }

  private synchronized void add(long leadMillis) {
    moveOn();
    int place = (int) Math.floorMod(slot, (long) SLOTS);
    greatest[place] = Math.max(greatest[place], leadMillis);
  }

  /**
   * @return the greatest lead of the last minute in milliseconds, 0 when no event was ahead
   */
  synchronized long millis() {
    moveOn();
    return Arrays.stream(greatest).max().orElse(0);
  }

  /** Empties the slots that have passed since the last call. */
  private void moveOn() {
    long current = Math.floorDiv(wallClock.getAsLong(), SLOT_MILLIS);
    if (slot == Long.MIN_VALUE || current - SLOTS >= slot) {
      Arrays.fill(greatest, 0);
    } else {
      for (long passed = slot + 1; passed <= current; passed++) {
        greatest[(int) Math.floorMod(passed, (long) SLOTS)] = 0;
      }
    }
    slot = Math.max(slot, current);
  }
}
