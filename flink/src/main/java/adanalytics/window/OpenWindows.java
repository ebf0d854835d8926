package adanalytics.window;

import adanalytics.codec.VarInts;
import java.io.IOException;
import java.util.Arrays;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * The windows of one actor that something was counted in and that the watermark has not passed.
 * Every event is added to all windows it is in, so that a window is read as it stands: nothing is
 * merged when it ends.
 *
 * <p>On the heap, two arrays however many windows there are. Written as runs of neighbours with the
 * same counts, which is what an actor with few events has: one event in ten windows takes as much
 * room as in one.
 */
final class OpenWindows {
  /** What {@link #find} returns for a window that nothing was counted in. */
  static final int NONE = -1;

  private static final long[] EMPTY = {};

  private final int numberOfCounts;

  /** Numbers of the windows, ascending; the first {@link #size} of them. */
  private long[] windows = EMPTY;

  private int size;

  /**
   * The counts of all windows, one after the other. Where those of a window begin, {@link #at} and
   * {@link #find} say; that, and this array, hold until a window is added or forgotten.
   */
  long[] counts = EMPTY;

  /**
   * @param numberOfCounts how many counts each window has
   */
  OpenWindows(int numberOfCounts) {
    this.numberOfCounts = numberOfCounts;
  }

  int size() {
    return size;
  }

  boolean isEmpty() {
    return size == 0;
  }

  /**
   * @param place of a window, from 0 for the first one on
   */
  long window(int place) {
    return windows[place];
  }

  /** The last window that something was counted in; there must be one. */
  long last() {
    return windows[size - 1];
  }

  /**
   * @return where the counts of a window begin; {@link #NONE} when nothing was counted in it
   */
  int find(long window) {
    int place = place(window);
    return place < size && windows[place] == window ? place * numberOfCounts : NONE;
  }

  /** As {@link #find}; a window that nothing was counted in is added, with all counts at zero. */
  int at(long window) {
    return at(window, window);
  }

  /**
   * Adds those of some neighbours that are missing.
   *
   * @param first of the windows
   * @param last of the windows, not before the first
   * @return where the counts of the first one begin; those of the next windows follow them
   */
  int at(long first, long last) {
    int place = place(first);
    long window = first;
    for (int next = place; window <= last; next++, window++) {
      if (next == size || windows[next] != window) {
        insert(next, window);
      }
    }
    return place * numberOfCounts;
  }

  /** The counts of a window alone, see {@link #find}. */
  long[] countsAt(int start) {
    return Arrays.copyOfRange(counts, start, start + numberOfCounts);
  }

  /** Forgets the windows before this one. */
  void forgetBefore(long window) {
    if (size == 0 || windows[0] >= window) {
      return;
    }
    int forgotten = place(window);
    size -= forgotten;
    System.arraycopy(windows, forgotten, windows, 0, size);
    System.arraycopy(counts, forgotten * numberOfCounts, counts, 0, size * numberOfCounts);
  }

  void write(DataOutputView out) throws IOException {
    int runs = 0;
    for (int i = 0; i < size; i = endOfRun(i)) {
      runs++;
    }
    VarInts.write(runs, out);
    long next = 0;
    for (int i = 0; i < size; ) {
      int end = endOfRun(i);
      VarInts.writeSigned(windows[i] - next, out);
      VarInts.write(end - i, out);
      for (int count = i * numberOfCounts; count < (i + 1) * numberOfCounts; count++) {
        VarInts.write(counts[count], out);
      }
      next = windows[i] + (end - i);
      i = end;
    }
  }

  static OpenWindows read(DataInputView in, int numberOfCounts) throws IOException {
    OpenWindows open = new OpenWindows(numberOfCounts);
    int runs = (int) VarInts.read(in);
    long next = 0;
    for (int run = 0; run < runs; run++) {
      next += VarInts.readSigned(in);
      int length = (int) VarInts.read(in);
      open.reserve(open.size + length);
      int first = open.size * numberOfCounts;
      for (int i = 0; i < numberOfCounts; i++) {
        open.counts[first + i] = VarInts.read(in);
      }
      for (int i = 0; i < length; i++) {
        System.arraycopy(
            open.counts, first, open.counts, open.size * numberOfCounts, numberOfCounts);
        open.windows[open.size++] = next++;
      }
    }
    return open;
  }

  private void insert(int place, long window) {
    reserve(size + 1);
    System.arraycopy(windows, place, windows, place + 1, size - place);
    windows[place] = window;
    int start = place * numberOfCounts;
    System.arraycopy(
        counts, start, counts, start + numberOfCounts, (size - place) * numberOfCounts);
    Arrays.fill(counts, start, start + numberOfCounts, 0);
    size++;
  }

  private void reserve(int room) {
    if (room > windows.length) {
      int capacity = Math.max(room, windows.length + windows.length / 2);
      windows = Arrays.copyOf(windows, capacity);
      counts = Arrays.copyOf(counts, capacity * numberOfCounts);
    }
  }

  private int endOfRun(int start) {
    int end = start + 1;
    while (end < size
        && windows[end] == windows[start] + (end - start)
        && Arrays.equals(
            counts,
            start * numberOfCounts,
            (start + 1) * numberOfCounts,
            counts,
            end * numberOfCounts,
            (end + 1) * numberOfCounts)) {
      end++;
    }
    return end;
  }

  /** Where a window is, or would be. */
  private int place(long window) {
    int low = 0;
    int high = size;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (windows[middle] < window) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
