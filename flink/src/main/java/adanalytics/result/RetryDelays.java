package adanalytics.result;

import java.time.Duration;
import java.util.OptionalLong;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;

/**
 * Says when results that were not delivered are sent again, and when that is given up.
 *
 * <p>A delay is about as long as the outage has lasted, so requests become rare while the service
 * is away, and it is short while some results still arrive. It is random in its upper half, so that
 * subtasks that failed together do not come back together.
 */
final class RetryDelays {
  static final Duration SHORTEST = Duration.ofMillis(100);
  static final Duration LONGEST = Duration.ofSeconds(10);

  /** After a long pause of the process itself, one failure says nothing about the service. */
  static final int FEWEST_FAILURES = 5;

  private final long maxOutageMillis;
  private final LongSupplier clockMillis;
  private final DoubleSupplier random;
  private long outageSince;
  private long failures;

  /**
   * @param maxOutage how long retries go on while nothing at all is delivered
   * @param clockMillis a clock that does not go back, in milliseconds
   * @param random from 0 to 1
   */
  RetryDelays(Duration maxOutage, LongSupplier clockMillis, DoubleSupplier random) {
    this.maxOutageMillis = maxOutage.toMillis();
    this.clockMillis = clockMillis;
    this.random = random;
  }

  /** How long retries go on while nothing at all is delivered. */
  long maxOutageSeconds() {
    return maxOutageMillis / 1_000;
  }

  /** Tells that a result arrived: the outage, if there was one, is over. */
  synchronized void delivered() {
    failures = 0;
  }

  /**
   * Tells that a request failed, or a part of it.
   *
   * @return after how many milliseconds to send again; empty when nothing was delivered for longer
   *     than the longest outage
   */
  synchronized OptionalLong failed() {
    long now = clockMillis.getAsLong();
    if (failures++ == 0) {
      outageSince = now;
    }
    long outage = now - outageSince;
    if (outage >= maxOutageMillis && failures >= FEWEST_FAILURES) {
      return OptionalLong.empty();
    }
    long delay = Math.min(Math.max(outage, SHORTEST.toMillis()), LONGEST.toMillis());
    return OptionalLong.of((long) (delay * (0.5 + 0.5 * random.getAsDouble())));
  }
}
