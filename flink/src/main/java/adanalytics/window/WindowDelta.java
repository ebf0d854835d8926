package adanalytics.window;

import adanalytics.codec.CodecType;
import java.util.Arrays;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/** The amounts that one or more events add to the totals of one key in one tumbling window. */
public class WindowDelta {
  /** See {@link WindowTotals#key}. */
  public String key;

  /** Number of the window, see {@link SlidingWindows}. */
  public long window;

  /** Counts, at the positions that {@link WindowTotals} defines. */
  public long[] counts;

  public WindowDelta() {}

  /**
   * @param counts in the order of the positions; missing ones are 0
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
