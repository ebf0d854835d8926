package adanalytics.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ClockSkewTest {
  private final AtomicLong now = new AtomicLong(1_000_000);
  private final ClockSkew skew = new ClockSkew(now::get);

  @Test
  void returnsTheGreatestLeadOfTheLastMinute() {
    skew.observe(2_000);
    skew.observe(45_000);
    now.addAndGet(30_000);
    skew.observe(1_000);

    assertThat(skew.millis()).isEqualTo(45_000);
    now.addAndGet(40_000);
    assertThat(skew.millis()).isEqualTo(1_000);
    now.addAndGet(70_000);
    assertThat(skew.millis()).isZero();
  }

  @Test
  void eventsOfThePastAreNotAhead() {
    skew.observe(-5_000);

    assertThat(skew.millis()).isZero();
  }
}
