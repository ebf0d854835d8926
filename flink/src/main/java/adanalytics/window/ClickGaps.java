package adanalytics.window;

import java.math.BigInteger;

/**
 * Computes the coefficient of variation of the gaps between the clicks of a window. It is 0 for
 * equal gaps and about 1 for independent events.
 *
 * <p>The counts of a window contain the number of clicks, the first and last time, and the sum of
 * the squared gaps. The sum has 128 bits, because the square of a gap of years does not fit into
 * 64. All values before the square root are integers, so the variation of equal gaps is exactly 0,
 * and the result does not depend on the order of arrival.
 */
final class ClickGaps {
  /** Number of counts that it uses. */
  static final int COUNTS = 5;

  private static final int CLICKS = 0;
  private static final int FIRST = 1;
  private static final int LAST = 2;
  private static final int SQUARES_HIGH = 3;
  private static final int SQUARES_LOW = 4;

  private ClickGaps() {}

  /**
   * Adds a click.
   *
   * @param counts of the window
   * @param at the first position in the counts
   * @param time in milliseconds since the epoch, not before the last one added
   */
  static void add(long[] counts, int at, long time) {
    if (counts[at + CLICKS]++ == 0) {
      counts[at + FIRST] = time;
    } else {
      long gap = time - counts[at + LAST];
      long low = gap * gap;
      long sum = counts[at + SQUARES_LOW] + low;
      long carry = Long.compareUnsigned(sum, low) < 0 ? 1 : 0;
      counts[at + SQUARES_LOW] = sum;
      counts[at + SQUARES_HIGH] += Math.multiplyHigh(gap, gap) + carry;
    }
    counts[at + LAST] = time;
  }

  /**
   * @param counts of the window
   * @param at the first of the places in the counts
   * @return population standard deviation of the gaps over their mean; null for fewer than two
   *     clicks, or when all times are the same: such gaps have no mean to compare with
   */
  static Double variation(long[] counts, int at) {
    long gaps = counts[at + CLICKS] - 1;
    if (gaps < 1) {
      return null;
    }
    long sum = counts[at + LAST] - counts[at + FIRST];
    if (sum == 0) {
      return null;
    }
    // Of n gaps with sum s and sum of squares q the deviation over the mean is sqrt(n q - s^2) / s.
    BigInteger spread =
        squares(counts, at)
            .multiply(BigInteger.valueOf(gaps))
            .subtract(BigInteger.valueOf(sum).pow(2));
    return Math.sqrt(spread.doubleValue()) / sum;
  }

  private static BigInteger squares(long[] counts, int at) {
    return BigInteger.valueOf(counts[at + SQUARES_HIGH])
        .shiftLeft(Long.SIZE)
        .add(new BigInteger(Long.toUnsignedString(counts[at + SQUARES_LOW])));
  }
}
