package adanalytics.window;

import adanalytics.codec.VarInts;
import java.io.Serializable;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.streaming.api.TimerService;

/**
 * The click-through rates of each publisher in its last windows. A window with too few impressions
 * says little and does not count.
 *
 * <p>A publisher without such a window for {@link #MEMORY_MILLIS} is forgotten: a window that
 * begins later than that after the end of the last one has none before it.
 *
 * <p>State of the current key: one value with the last rates, and one timer to clear it.
 */
final class PublisherRates implements Serializable {
  /** A week, so that a publisher that only works on some days is still compared with its past. */
  static final long MEMORY_MILLIS = TimeUnit.DAYS.toMillis(7);

  private static final long serialVersionUID = 1L;

  private final SlidingWindows windows;
  private final long leastImpressions;
  private final int mostTrailing;
  private transient ValueState<byte[]> stateOfPublisher;
  private transient DataOutputSerializer buffer;

  /**
   * @param windows tumbling ones
   * @param leastImpressions of a window that counts
   * @param mostTrailing how many rates are kept
   */
  PublisherRates(SlidingWindows windows, long leastImpressions, int mostTrailing) {
    this.windows = windows;
    this.leastImpressions = leastImpressions;
    this.mostTrailing = mostTrailing;
  }

  void open(RuntimeContext context) {
    stateOfPublisher =
        context.getState(
            new ValueStateDescriptor<>(
                "rates", PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO));
    buffer = new DataOutputSerializer(128);
  }

  /** Whether a window has enough impressions for a rate. */
  boolean areGivenBy(WindowTotals totals) {
    return totals.counts[WindowTotals.IMPRESSIONS] >= leastImpressions;
  }

  /**
   * Adds the next window of the current key.
   *
   * @param totals of a window that {@link #areGivenBy}, after those added before
   * @param timers of the current key
   * @return the window's rate beside those before it
   */
  PublisherWindow add(WindowTotals totals, TimerService timers) throws Exception {
    byte[] bytes = stateOfPublisher.value();
    long[] rates = {};
    long timer;
    if (bytes == null) {
      timer = expiry(totals.windowEnd);
      timers.registerEventTimeTimer(timer);
    } else {
      DataInputDeserializer in = header(bytes);
      timer = VarInts.readSigned(in);
      long lastEnd = VarInts.readSigned(in);
      if (totals.windowStart - lastEnd <= MEMORY_MILLIS) {
        rates = rates(in);
      }
    }
    PublisherWindow window = publisherWindow(totals, rates);
    write(timer, totals.windowEnd, withNext(rates, window.ctrPpm));
    return window;
  }

  private static PublisherWindow publisherWindow(WindowTotals totals, long[] rates) {
    PublisherWindow window = new PublisherWindow();
    window.publisherId = totals.id();
    window.windowStart = totals.windowStart;
    window.windowEnd = totals.windowEnd;
    window.impressions = totals.counts[WindowTotals.IMPRESSIONS];
    // Half of the divisor added: the division of whole numbers cuts.
    window.ctrPpm =
        (2_000_000 * totals.counts[WindowTotals.CLICKS] + window.impressions)
            / (2 * window.impressions);
    window.trailingWindows = rates.length;
    BigInteger squares = BigInteger.ZERO;
    for (long rate : rates) {
      window.trailingSumPpm += rate;
      squares = squares.add(BigInteger.valueOf(rate).pow(2));
    }
    if (rates.length > 0) {
      // Whole numbers up to the root: of n rates with sum s and sum of squares q the variance is
      // (n q - s^2) / n^2.
      BigInteger spread =
          squares
              .multiply(BigInteger.valueOf(rates.length))
              .subtract(BigInteger.valueOf(window.trailingSumPpm).pow(2));
      window.trailingDeviationPpm = Math.sqrt(spread.doubleValue()) / rates.length;
    }
    return window;
  }

  /** At a timer of the current key: forgets the publisher when its time has come. */
  void expire(long timestamp, TimerService timers) throws Exception {
    byte[] bytes = stateOfPublisher.value();
    if (bytes == null) {
      return;
    }
    DataInputDeserializer in = header(bytes);
    if (timestamp != VarInts.readSigned(in)) {
      // The timer of a window.
      return;
    }
    long lastEnd = VarInts.readSigned(in);
    long expiry = expiry(lastEnd);
    if (timestamp >= expiry) {
      stateOfPublisher.clear();
    } else {
      timers.registerEventTimeTimer(expiry);
      write(expiry, lastEnd, rates(in));
    }
  }

  /** When the last window that would still be compared has ended. */
  private long expiry(long lastEnd) {
    return lastEnd + MEMORY_MILLIS + windows.windowMillis;
  }

  private DataInputDeserializer header(byte[] bytes) throws Exception {
    DataInputDeserializer in = new DataInputDeserializer(bytes);
    StateFormat.read(in, windows);
    return in;
  }

  /** The last rates, at most as many as the settings ask for. */
  private long[] rates(DataInputDeserializer in) throws Exception {
    int stored = (int) VarInts.read(in);
    int left = Math.min(stored, mostTrailing);
    long[] rates = new long[left];
    for (int i = 0; i < stored; i++) {
      long rate = VarInts.read(in);
      if (i >= stored - left) {
        rates[i - (stored - left)] = rate;
      }
    }
    return rates;
  }

  private long[] withNext(long[] rates, long next) {
    int kept = Math.min(rates.length, mostTrailing - 1);
    long[] all = Arrays.copyOfRange(rates, rates.length - kept, rates.length + 1);
    all[kept] = next;
    return all;
  }

  private void write(long timer, long lastEnd, long[] rates) throws Exception {
    buffer.clear();
    StateFormat.write(buffer, windows);
    VarInts.writeSigned(timer, buffer);
    VarInts.writeSigned(lastEnd, buffer);
    VarInts.write(rates.length, buffer);
    for (long rate : rates) {
      VarInts.write(rate, buffer);
    }
    stateOfPublisher.update(buffer.getCopyOfBuffer());
  }
}
