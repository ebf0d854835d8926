package adanalytics.window;

import java.util.Arrays;

/** What was counted in a window that the watermark has not passed yet. */
final class OpenWindow {
  /** As {@link SlidingWindows} numbers them. */
  final long window;

  /** Which count is at which place, is its owner's. */
  final long[] counts;

  OpenWindow(long window, long[] counts) {
    this.window = window;
    this.counts = counts;
  }

  boolean countsAs(OpenWindow other) {
    return Arrays.equals(counts, other.counts);
  }
}
