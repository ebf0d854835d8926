package adanalytics.function;

import java.math.BigInteger;
import java.util.Arrays;
import org.apache.flink.table.api.dataview.ListView;
import org.apache.flink.table.functions.AggregateFunction;

/**
 * SQL's {@code gap_variation(BIGINT)}: how even the gaps between events are, as their coefficient
 * of variation. 0 is a clock, 1 is about what independent events have.
 *
 * <p>The argument is an event's time in milliseconds since the epoch; nulls are left out. The
 * result is the population standard deviation of the gaps between consecutive times, divided by
 * their mean; 0 if all times are the same; null for fewer than two. The times are sorted first, so
 * the result, down to its last bit, does not depend on the order of the events or on how they were
 * merged.
 *
 * <p>State: one long for each event of the group.
 */
public final class GapVariation extends AggregateFunction<Double, GapVariation.Times> {
  private static final long serialVersionUID = 1L;

  /** The times seen, in no order. A list of its own in the state backend: adding is cheap. */
  public static class Times {
    public ListView<Long> millis = new ListView<>();
  }

  @Override
  public Times createAccumulator() {
    return new Times();
  }

  /** Takes one event into account. */
  public void accumulate(Times times, Long millis) throws Exception {
    if (millis != null) {
      times.millis.add(millis);
    }
  }

  /** Takes the events of others into account: windows that slide are merged from slices. */
  public void merge(Times times, Iterable<Times> others) throws Exception {
    for (Times other : others) {
      Iterable<Long> millis = other.millis.get();
      if (millis != null) {
        for (Long one : millis) {
          times.millis.add(one);
        }
      }
    }
  }

  @Override
  public Double getValue(Times times) {
    long[] sorted = sorted(times);
    return sorted.length < 2 ? null : variation(sorted);
  }

  private static long[] sorted(Times times) {
    long[] sorted = new long[16];
    int size = 0;
    try {
      Iterable<Long> millis = times.millis.get();
      if (millis != null) {
        for (Long one : millis) {
          if (size == sorted.length) {
            sorted = Arrays.copyOf(sorted, 2 * size);
          }
          sorted[size++] = one;
        }
      }
    } catch (Exception e) {
      throw new IllegalStateException("Cannot read the times of a group", e);
    }
    sorted = Arrays.copyOf(sorted, size);
    Arrays.sort(sorted);
    return sorted;
  }

  /**
   * Of n gaps with sum s and sum of squares q the deviation over the mean is sqrt(n q - s^2) / s:
   * in whole numbers up to the root, so that equal gaps have no variation at all.
   */
  private static double variation(long[] sorted) {
    int gaps = sorted.length - 1;
    long sum = sorted[gaps] - sorted[0];
    if (sum == 0) {
      return 0;
    }
    BigInteger squares = BigInteger.ZERO;
    for (int i = 0; i < gaps; i++) {
      BigInteger gap = BigInteger.valueOf(sorted[i + 1] - sorted[i]);
      squares = squares.add(gap.multiply(gap));
    }
    BigInteger spread =
        squares.multiply(BigInteger.valueOf(gaps)).subtract(BigInteger.valueOf(sum).pow(2));
    return Math.sqrt(spread.doubleValue()) / sum;
  }
}
