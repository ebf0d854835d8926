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
 * is not significant and is ignored.
 *
 * <p>The rates of a publisher without a significant window for {@link #RETENTION_MILLIS} are
 * removed: a window that begins later than this after the end of the last one is not compared with
 * it.
 *
 * <p>State of the current key: one value with the last rates, and one timer to clear it.
 */
final class PublisherRates implements Serializable {
  /**
   * A week, so that a publisher with traffic on only some weekdays is still compared with its past.
   */
  static final long RETENTION_MILLIS = TimeUnit.DAYS.toMillis(7);

  private static final long serialVersionUID = 1L;

  private final SlidingWindows windows;
  private final long minImpressions;
  private final int maxTrailing;
  private transient ValueState<byte[]> stateOfPublisher;
  private transient DataOutputSerializer buffer;

  /**
   * @param windows tumbling windows
   * @param minImpressions of a significant window
   * @param maxTrailing number of rates that are kept
   */
  PublisherRates(SlidingWindows windows, long minImpressions, int maxTrailing) {
    this.windows = windows;
    this.minImpressions = minImpressions;
    this.maxTrailing = maxTrailing;
  }

  void open(RuntimeContext context) {
    stateOfPublisher =
        context.getState(
            new ValueStateDescriptor<>(
                "rates", PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO));
    buffer = new DataOutputSerializer(128);
  }

  /** Whether a window has enough impressions for a rate. */
  boolean hasEnoughImpressions(WindowTotals totals) {
    return totals.counts[WindowTotals.IMPRESSIONS] >= minImpressions;
  }

  /**
   * Adds the next window of the current key.
   *
   * @param totals of a window that {@link #hasEnoughImpressions}; windows are added in the order of
   *     time
   * @param timers of the current key
   * @return the window's rate and statistics of the rates before it
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
      if (totals.windowStart - lastEnd <= RETENTION_MILLIS) {
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
    // Adds half of the divisor, because integer division truncates.
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
      // Integers up to the root: for n rates with sum s and sum of squares q, the variance is (n q
      // - s^2) / n^2.
      BigInteger spread =
          squares
              .multiply(BigInteger.valueOf(rates.length))
              .subtract(BigInteger.valueOf(window.trailingSumPpm).pow(2));
      window.trailingDeviationPpm = Math.sqrt(spread.doubleValue()) / rates.length;
    }
    return window;
  }

  /** Called for a timer of the current key: removes the publisher when it has expired. */
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

  /** The end of the last window that would still be compared. */
  private long expiry(long lastEnd) {
    return lastEnd + RETENTION_MILLIS + windows.windowMillis;
  }

  private DataInputDeserializer header(byte[] bytes) throws Exception {
    DataInputDeserializer in = new DataInputDeserializer(bytes);
    StateFormat.read(in, windows);
    return in;
  }

  /** The last rates, at most as many as the settings say. */
  private long[] rates(DataInputDeserializer in) throws Exception {
    int stored = (int) VarInts.read(in);
    int left = Math.min(stored, maxTrailing);
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
    int kept = Math.min(rates.length, maxTrailing - 1);
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
