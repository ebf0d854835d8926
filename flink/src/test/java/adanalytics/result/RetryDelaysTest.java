package adanalytics.result;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.OptionalLong;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;

class RetryDelaysTest {
  private static final Duration MAX_OUTAGE = Duration.ofMinutes(5);

  private long now;
  private double random = 1;
  private final RetryDelays delays = new RetryDelays(MAX_OUTAGE, () -> now, () -> random);

  @Test
  void waitsAsLongAsTheOutageHasLasted() {
    assertThat(delays.failed()).hasValue(100);
    now = 50;
    assertThat(delays.failed()).hasValue(100);
    now = 3_000;
    assertThat(delays.failed()).hasValue(3_000);
    now = 60_000;
    assertThat(delays.failed()).hasValue(10_000);
  }

  @Test
  void beginsAgainWithTheShortestDelayAfterADelivery() {
    delays.failed();
    now = 60_000;
    delays.failed();
    delays.delivered();

    assertThat(delays.failed()).hasValue(100);
  }

  @Property
  void spreadsRetries(@ForAll @DoubleRange(min = 0, max = 1) double random) {
    this.random = random;
    delays.delivered();

    assertThat(delays.failed().getAsLong()).isBetween(50L, 100L);
  }

  /** Each retry fails after its delay. */
  @Property
  void endsAfterTheMaximumOutage(@ForAll @DoubleRange(min = 0, max = 1) double random) {
    this.random = random;
    now = 0;
    delays.delivered();
    int failures = 0;
    for (OptionalLong delay = delays.failed(); delay.isPresent(); delay = delays.failed()) {
      now += delay.getAsLong();
      failures++;
    }

    assertThat(now).isBetween(MAX_OUTAGE.toMillis(), MAX_OUTAGE.toMillis() + 10_000);
    // The number of retries is limited: 5 minutes with delays of 5 to 10 s, plus the shorter delays
    // before.
    assertThat(failures).isBetween(RetryDelays.MIN_FAILURES, 80);
  }

  /** Like after a long pause of the whole process. */
  @Test
  void doesNotEndBeforeItHasTriedOften() {
    delays.failed();
    now = MAX_OUTAGE.toMillis() * 2;
    for (int failure = 2; failure < RetryDelays.MIN_FAILURES; failure++) {
      assertThat(delays.failed()).isPresent();
    }

    assertThat(delays.failed()).isEmpty();
  }
}
