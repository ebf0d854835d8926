package adanalytics.window;

import java.util.Arrays;
import java.util.function.LongConsumer;

/**
 * The slides in which one member of a set (a user of an address, a campaign of a user) was seen, in
 * ascending order, as long as open windows need them. So the number of distinct members is an
 * ordinary count: a window counts a member when it is first seen in one of its slides.
 */
final class SeenSlides {
  static final long[] NONE = {};

  private SeenSlides() {}

  /**
   * @param seen the slides so far; not changed
   * @param slide in which the member is seen now
   * @param windows for which members are counted
   * @param newlySeenIn is called with each window that contains this slide and none of the earlier
   *     ones
   * @return the slides, including the new one
   */
  static long[] with(long[] seen, long slide, SlidingWindows windows, LongConsumer newlySeenIn) {
    int found = Arrays.binarySearch(seen, slide);
    if (found >= 0) {
      return seen;
    }
    int place = -found - 1;
    long from = windows.firstWindow(slide);
    if (place > 0) {
      from = Math.max(from, windows.lastWindow(seen[place - 1]) + 1);
    }
    long to = windows.lastWindow(slide);
    if (place < seen.length) {
      to = Math.min(to, windows.firstWindow(seen[place]) - 1);
    }
    for (long window = from; window <= to; window++) {
      newlySeenIn.accept(window);
    }
    long[] with = new long[seen.length + 1];
    System.arraycopy(seen, 0, with, 0, place);
    with[place] = slide;
    System.arraycopy(seen, place, with, place + 1, seen.length - place);
    return with;
  }

  /**
   * @param seen the slides so far; not changed
   * @param firstOpenWindow the first window that is still open
   * @param windows of the count
   * @return the slides that are in this window or a later one
   */
  static long[] since(long[] seen, long firstOpenWindow, SlidingWindows windows) {
    int from = 0;
    while (from < seen.length && windows.lastWindow(seen[from]) < firstOpenWindow) {
      from++;
    }
    return from == 0 ? seen : Arrays.copyOfRange(seen, from, seen.length);
  }
}
