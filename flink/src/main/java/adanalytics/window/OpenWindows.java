package adanalytics.window;

import adanalytics.codec.VarInts;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * The windows of one actor that something was counted in and that the watermark has not passed.
 * Every event is added to all windows it is in, so that a window is read as it stands: nothing is
 * merged when it ends.
 *
 * <p>Written as runs of neighbours with the same counts, which is what an actor with few events
 * has: one event in ten windows takes as much room as in one.
 */
final class OpenWindows {
  private final int numberOfCounts;

  /** In the order of their numbers. */
  private final List<OpenWindow> open = new ArrayList<>();

  /**
   * @param numberOfCounts how many counts each window has
   */
  OpenWindows(int numberOfCounts) {
    this.numberOfCounts = numberOfCounts;
  }

  boolean isEmpty() {
    return open.isEmpty();
  }

  List<OpenWindow> all() {
    return open;
  }

  /** The last window that something was counted in; there must be one. */
  long last() {
    return open.get(open.size() - 1).window;
  }

  /** Null when nothing was counted in it. */
  OpenWindow get(long window) {
    int place = place(window);
    return place < open.size() && open.get(place).window == window ? open.get(place) : null;
  }

  /** The window, with all counts at zero when nothing was counted in it before. */
  OpenWindow getOrCreate(long window) {
    int place = place(window);
    if (place < open.size() && open.get(place).window == window) {
      return open.get(place);
    }
    OpenWindow created = new OpenWindow(window, new long[numberOfCounts]);
    open.add(place, created);
    return created;
  }

  /** Forgets the windows before this one. */
  void forgetBefore(long window) {
    open.subList(0, place(window)).clear();
  }

  void write(DataOutputView out) throws IOException {
    int runs = 0;
    for (int i = 0; i < open.size(); i = endOfRun(i)) {
      runs++;
    }
    VarInts.write(runs, out);
    long next = 0;
    for (int i = 0; i < open.size(); ) {
      int end = endOfRun(i);
      OpenWindow first = open.get(i);
      VarInts.writeSigned(first.window - next, out);
      VarInts.write(end - i, out);
      for (long count : first.counts) {
        VarInts.write(count, out);
      }
      next = first.window + (end - i);
      i = end;
    }
  }

  static OpenWindows read(DataInputView in, int numberOfCounts) throws IOException {
    OpenWindows windows = new OpenWindows(numberOfCounts);
    int runs = (int) VarInts.read(in);
    long next = 0;
    for (int run = 0; run < runs; run++) {
      next += VarInts.readSigned(in);
      long length = VarInts.read(in);
      long[] counts = new long[numberOfCounts];
      for (int i = 0; i < numberOfCounts; i++) {
        counts[i] = VarInts.read(in);
      }
      for (long i = 0; i < length; i++) {
        windows.open.add(new OpenWindow(next++, i == 0 ? counts : counts.clone()));
      }
    }
    return windows;
  }

  private int endOfRun(int start) {
    OpenWindow first = open.get(start);
    int end = start + 1;
    while (end < open.size()
        && open.get(end).window == first.window + (end - start)
        && open.get(end).countsAs(first)) {
      end++;
    }
    return end;
  }

  /** Where a window is, or would be. */
  private int place(long window) {
    int low = 0;
    int high = open.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (open.get(middle).window < window) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
