package adanalytics.window;

import java.io.Serializable;

/** A kind of tumbling windows of totals: their length, and when they are complete. */
final class WindowKind implements Serializable {
  private static final long serialVersionUID = 1L;

  final SlidingWindows windows;

  /** How long after its end a window is complete, in milliseconds. */
  final long delayMillis;

  /**
   * @param windows tumbling windows: as long as their slide
   * @param delayMillis how long after its end a window is complete
   */
  WindowKind(SlidingWindows windows, long delayMillis) {
    this.windows = windows;
    this.delayMillis = delayMillis;
  }

  /** The watermark that completes a window. */
  long completion(long window) {
    return windows.lastMoment(window) + delayMillis;
  }

  /** The first window that is not complete at a watermark. */
  long firstOpenWindow(long watermark) {
    return windows.firstOpenWindow(watermark - delayMillis);
  }
}
