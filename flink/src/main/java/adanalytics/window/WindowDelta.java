package adanalytics.window;

import adanalytics.codec.CodecType;
import java.util.Arrays;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/** What one or more events add to the totals of one key in one tumbling window. */
public class WindowDelta {
  /** As in {@link WindowTotals#key}. */
  public String key;

  /** As {@link SlidingWindows} numbers them. */
  public long window;

  /** At the places that {@link WindowTotals} names. */
  public long[] counts;

  public WindowDelta() {}

  /**
   * @param counts in the order of the places; those that are not given are 0
   */
  WindowDelta(String key, long window, long... counts) {
    this.key = key;
    this.window = window;
    this.counts = Arrays.copyOf(counts, WindowTotals.COUNTS);
  }

  static TypeInformation<WindowDelta> type() {
    return new CodecType<>(new WindowDeltaCodec());
  }
}
