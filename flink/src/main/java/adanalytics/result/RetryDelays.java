package adanalytics.result;

import java.time.Duration;
import java.util.OptionalLong;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;

/**
 * Decides when results that were not delivered are retried, and when retries end.
 *
 * <p>A delay is about as long as the outage so far. So requests become rare while the service is
 * unavailable, and delays stay short while some results are delivered. The upper half of a delay is
 * random, so that subtasks that failed together do not retry together.
 */
final class RetryDelays {
  static final Duration SHORTEST = Duration.ofMillis(100);
  static final Duration LONGEST = Duration.ofSeconds(10);

  /**
   * After a long pause of the process itself, a single failure does not show that the service is
   * unavailable.
   */
  static final int MIN_FAILURES = 5;

  private final long maxOutageMillis;
  private final LongSupplier clockMillis;
  private final DoubleSupplier random;
  private long outageSince;
  private long failures;

  /**
   * @param maxOutage how long retries go on while nothing at all is delivered
   * @param clockMillis a monotonic clock, in milliseconds
   * @param random from 0 to 1
   */
  RetryDelays(Duration maxOutage, LongSupplier clockMillis, DoubleSupplier random) {
    this.maxOutageMillis = maxOutage.toMillis();
    this.clockMillis = clockMillis;
    this.random = random;
  }

  /** How long retries continue while nothing is delivered. */
  long maxOutageSeconds() {
    return maxOutageMillis / 1_000;
  }

  /** Records that a result was delivered, which ends an outage. */
  synchronized void delivered() {
    failures = 0;
  }

  /**
   * Records that a request failed, completely or partly.
   *
   * @return the delay of the retry in milliseconds; empty when nothing was delivered for longer
   *     than the maximum outage
   */
  synchronized OptionalLong failed() {
    long now = clockMillis.getAsLong();
    if (failures++ == 0) {
      outageSince = now;
    }
    long outage = now - outageSince;
    if (outage >= maxOutageMillis && failures >= MIN_FAILURES) {
      return OptionalLong.empty();
    }
    long delay = Math.min(Math.max(outage, SHORTEST.toMillis()), LONGEST.toMillis());
    return OptionalLong.of((long) (delay * (0.5 + 0.5 * random.getAsDouble())));
  }
}
