package adanalytics.window;

import java.io.Serializable;

/**
 * Windows of one length that begin at every multiple of a slide, aligned to the epoch; their end is
 * exclusive. Equivalent to {@code HOP} of SQL; if the slide is as long as the window, to {@code
 * TUMBLE}.
 *
 * <p>Time is divided into slides, numbered from the epoch. A window has the number of the slide
 * that begins at its end, so an event of slide {@code s} is in the windows {@code s + 1} to {@code
 * s + slidesPerWindow}.
 */
public final class SlidingWindows implements Serializable {
  private static final long serialVersionUID = 1L;

  final long windowMillis;
  final long slideMillis;
  final int slidesPerWindow;

  /**
   * @param windowMillis length of a window, a multiple of the slide
   * @param slideMillis distance of the windows' starts
   * @throws IllegalArgumentException when the length is not a multiple of the slide
   */
  public SlidingWindows(long windowMillis, long slideMillis) {
    if (slideMillis <= 0 || windowMillis <= 0 || windowMillis % slideMillis != 0) {
      throw new IllegalArgumentException(
          "The window (" + windowMillis + " ms) must be a multiple of its slide: " + slideMillis);
    }
    this.windowMillis = windowMillis;
    this.slideMillis = slideMillis;
    this.slidesPerWindow = Math.toIntExact(windowMillis / slideMillis);
  }

  /** Tumbling windows of a length. */
  public static SlidingWindows tumbling(long windowMillis) {
    return new SlidingWindows(windowMillis, windowMillis);
  }

  /** Tumbling windows of the same length. */
  SlidingWindows slidingByLength() {
    return tumbling(windowMillis);
  }

  /** The slide that a time is in. */
  long slideOf(long time) {
    return Math.floorDiv(time, slideMillis);
  }

  /** The first window that a slide is in. */
  long firstWindow(long slide) {
    return slide + 1;
  }

  /** The last window that a slide is in. */
  long lastWindow(long slide) {
    return slide + slidesPerWindow;
  }

  /** The first window that is not complete when all events up to a time, inclusive, are known. */
  long firstOpenWindow(long time) {
    return slideOf(time + 1) + 1;
  }

  /** The start of a window, inclusive, in milliseconds since the epoch. */
  long start(long window) {
    return window * slideMillis - windowMillis;
  }

  /** The end of a window, exclusive. */
  long end(long window) {
    return window * slideMillis;
  }

  /** The last millisecond of a window: a watermark that reaches it completes the window. */
  long lastMoment(long window) {
    return end(window) - 1;
  }
}
