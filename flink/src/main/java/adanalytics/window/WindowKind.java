package adanalytics.window;

import java.io.Serializable;

/** Tumbling windows of totals: how long they are, and when they are complete. */
final class WindowKind implements Serializable {
  private static final long serialVersionUID = 1L;

  final SlidingWindows windows;

  /** How long after a window's end all that belongs to it has come, in milliseconds. */
  final long delayMillis;

  /**
   * @param windows tumbling ones: as long as their slide
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

  /** The first window that is not complete when the watermark has reached a time. */
  long firstOpenWindow(long watermark) {
    return windows.firstOpenWindow(watermark - delayMillis);
  }
}
