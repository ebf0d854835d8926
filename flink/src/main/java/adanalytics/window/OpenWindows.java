package adanalytics.window;

import adanalytics.codec.VarInts;
import java.io.IOException;
import java.util.Arrays;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * The open windows of one actor: windows with counts that the watermark has not passed. Every event
 * is added to all its windows, so nothing is merged when a window ends.
 *
 * <p>On the heap, it consists of two arrays. It is serialized as runs of adjacent windows with the
 * same counts, which are typical for an actor with few events: one event in ten windows needs as
 * much space as in one.
 */
final class OpenWindows {
  /** {@link #find} returns this for a window without counts. */
  static final int NONE = -1;

  private static final long[] EMPTY = {};

  private final int numberOfCounts;

  /** Numbers of the windows, ascending; only the first {@link #size} elements are used. */
  private long[] windows = EMPTY;

  private int size;

  /**
   * The counts of all windows, one after the other. {@link #at} and {@link #find} return where the
   * counts of a window begin. These positions and this array are valid until a window is added or
   * removed.
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
   * @param place index of a window, from 0
   */
  long window(int place) {
    return windows[place];
  }

  /** The last window with counts; one must exist. */
  long last() {
    return windows[size - 1];
  }

  /**
   * @return where the counts of a window begin; {@link #NONE} when it has no counts
   */
  int find(long window) {
    int place = place(window);
    return place < size && windows[place] == window ? place * numberOfCounts : NONE;
  }

  /** Like {@link #find}, but adds a missing window, with all counts 0. */
  int at(long window) {
    return at(window, window);
  }

  /**
   * Adds the missing windows of a range.
   *
   * @param first of the windows
   * @param last of the windows, not before the first
   * @return where the counts of the first window begin; the counts of the next windows follow
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

  /** A copy of the counts of one window, see {@link #find}. */
  long[] countsAt(int start) {
    return Arrays.copyOfRange(counts, start, start + numberOfCounts);
  }

  /** Removes the windows before this one. */
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

  /** The index of a window, or where it would be inserted. */
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
