package adanalytics.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

class GapVariationProperties {
  private final GapVariation function = new GapVariation();

  @Example
  void aClockHasNoVariation() throws Exception {
    assertThat(of(3_000L, 1_000L, 2_000L)).isZero();
  }

  @Example
  void fewerThanTwoTimesHaveNone() throws Exception {
    assertThat(of()).isNull();
    assertThat(of(1L)).isNull();
    assertThat(of(1L, null)).isNull();
    assertThat(of(1L, null, 3L)).isZero();
  }

  @Example
  void eventsAtOneTimeAreAClock() throws Exception {
    assertThat(of(5L, 5L, 5L)).isZero();
  }

  /** Gaps of 1 s and 3 s: mean 2 s, population standard deviation 1 s. */
  @Example
  void isTheStandardDeviationOverTheMean() throws Exception {
    assertThat(of(0L, 4_000L, 1_000L)).isEqualTo(0.5);
  }

  /** The definition by another way: the mean of the squares less the square of the mean. */
  @Property
  void isWhatTheDefinitionSays(
      @ForAll @Size(min = 2, max = 50) List<@LongRange(min = 0, max = 600_000) Long> times)
      throws Exception {
    long[] sorted = times.stream().mapToLong(time -> time).sorted().toArray();
    double sum = 0;
    double squares = 0;
    for (int i = 1; i < sorted.length; i++) {
      double gap = sorted[i] - sorted[i - 1];
      sum += gap;
      squares += gap * gap;
    }
    double mean = sum / (sorted.length - 1);
    double variance = squares / (sorted.length - 1) - mean * mean;

    assertThat(of(times.toArray(new Long[0])))
        .isCloseTo(mean == 0 ? 0 : Math.sqrt(Math.max(0, variance)) / mean, within(1e-6));
  }

  @Property
  void doesNotDependOnTheOrder(
      @ForAll @Size(max = 50) List<@LongRange(min = 0, max = 600_000) Long> times,
      @ForAll Random random)
      throws Exception {
    List<Long> shuffled = new ArrayList<>(times);
    Collections.shuffle(shuffled, random);

    assertThat(of(shuffled.toArray(new Long[0]))).isEqualTo(of(times.toArray(new Long[0])));
  }

  @Property
  void mergedSlicesAreTheWhole(
      @ForAll @Size(max = 50) List<@LongRange(min = 0, max = 600_000) Long> times,
      @ForAll @IntRange(min = 1, max = 6) int slices)
      throws Exception {
    List<GapVariation.Times> parts = new ArrayList<>();
    for (int i = 0; i < slices; i++) {
      parts.add(function.createAccumulator());
    }
    for (int i = 0; i < times.size(); i++) {
      function.accumulate(parts.get(i % slices), times.get(i));
    }
    GapVariation.Times merged = function.createAccumulator();
    function.merge(merged, parts);

    assertThat(function.getValue(merged)).isEqualTo(of(times.toArray(new Long[0])));
  }

  private Double of(Long... times) throws Exception {
    GapVariation.Times accumulator = function.createAccumulator();
    for (Long time : Arrays.asList(times)) {
      function.accumulate(accumulator, time);
    }
    return function.getValue(accumulator);
  }
}
