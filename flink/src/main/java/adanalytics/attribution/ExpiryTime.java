package adanalytics.attribution;

/**
 * Computes when an id is removed from the state. Many ids expire at the same time, so they share a
 * timer.
 */
final class ExpiryTime {
  /** An id is kept for up to this part of an attribution window longer than needed. */
  static final int PERIODS_OF_WINDOW = 60;

  private static final long SHORTEST_PERIOD_MILLIS = 1_000;

  private ExpiryTime() {}

  /**
   * @param eventTime of an event, in milliseconds since the epoch
   * @param windowMillis the attribution window
   * @return the watermark at which the event is removed: after its attribution window, so after the
   *     timer of each click in it
   */
  static long after(long eventTime, long windowMillis) {
    long period = Math.max(SHORTEST_PERIOD_MILLIS, windowMillis / PERIODS_OF_WINDOW);
    return (Math.floorDiv(eventTime + windowMillis, period) + 1) * period;
  }
}
