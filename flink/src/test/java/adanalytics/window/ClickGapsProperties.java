package adanalytics.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.math.BigInteger;
import java.util.List;
import net.jqwik.api.Assume;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

class ClickGapsProperties {
  @Example
  void equalGapsHaveNoVariation() {
    assertThat(of(1_000, 2_000, 3_000)).isZero();
  }

  @Example
  void fewerThanTwoTimesHaveNoVariation() {
    assertThat(of()).isNull();
    assertThat(of(1)).isNull();
  }

  @Example
  void clicksAtOneTimeHaveNoVariation() {
    assertThat(of(5, 5, 5)).isNull();
  }

  /** Gaps of 1 s and 3 s: mean 2 s, population standard deviation 1 s. */
  @Example
  void isTheStandardDeviationOverTheMean() {
    assertThat(of(0, 1_000, 4_000)).isEqualTo(0.5);
  }

  @Example
  void supportsTimesBefore1970() {
    assertThat(of(-4_000, -3_000, 0)).isEqualTo(0.5);
  }

  /**
   * Another formula for the same definition: the mean of the squares minus the square of the mean.
   */
  @Property
  void agreesWithTheDefinition(
      @ForAll @Size(min = 2, max = 50) List<@LongRange(min = 0, max = 600_000) Long> times) {
    long[] sorted = sorted(times);
    double sum = 0;
    double squares = 0;
    for (int i = 1; i < sorted.length; i++) {
      double gap = sorted[i] - sorted[i - 1];
      sum += gap;
      squares += gap * gap;
    }
    Assume.that(sum > 0);
    double mean = sum / (sorted.length - 1);
    double variance = squares / (sorted.length - 1) - mean * mean;

    assertThat(of(sorted)).isCloseTo(Math.sqrt(Math.max(0, variance)) / mean, within(1e-6));
  }

  /** Gaps of decades, whose squares need more than 64 bits: the result is exact. */
  @Property
  void isExactHoweverLongTheGaps(
      @ForAll @Size(min = 2, max = 20)
          List<@LongRange(min = -40_000_000_000_000L, max = 40_000_000_000_000L) Long> times) {
    long[] sorted = sorted(times);
    BigInteger squares = BigInteger.ZERO;
    for (int i = 1; i < sorted.length; i++) {
      squares = squares.add(BigInteger.valueOf(sorted[i] - sorted[i - 1]).pow(2));
    }
    long sum = sorted[sorted.length - 1] - sorted[0];
    BigInteger spread =
        squares
            .multiply(BigInteger.valueOf(sorted.length - 1))
            .subtract(BigInteger.valueOf(sum).pow(2));

    assertThat(of(sorted)).isEqualTo(sum == 0 ? null : Math.sqrt(spread.doubleValue()) / sum);
  }

  private static long[] sorted(List<Long> times) {
    return times.stream().mapToLong(time -> time).sorted().toArray();
  }

  private static Double of(long... sorted) {
    // Not at the first position, like in the counts of a window.
    long[] counts = new long[2 + ClickGaps.COUNTS];
    for (long time : sorted) {
      ClickGaps.add(counts, 2, time);
    }
    return ClickGaps.variation(counts, 2);
  }
}
