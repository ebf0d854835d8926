package adanalytics.window;

import adanalytics.codec.VarInts;
import java.io.IOException;
import java.util.Arrays;
import java.util.function.LongConsumer;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Times of clicks that the watermark has not reached: an earlier click may still arrive, so the
 * gaps are not known yet. It contains only the clicks between two watermarks, not those of a whole
 * window.
 */
final class PendingClicks {
  private long[] times = new long[0];
  private int size;

  void add(long time) {
    if (size == times.length) {
      times = Arrays.copyOf(times, Math.max(4, 2 * size));
    }
    times[size++] = time;
  }

  /**
   * @param time up to which, inclusive, all clicks have arrived
   * @param inOrder receives the times up to this one in ascending order; they are removed from here
   */
  void takeUpTo(long time, LongConsumer inOrder) {
    if (size == 0) {
      return;
    }
    Arrays.sort(times, 0, size);
    int taken = 0;
    while (taken < size && times[taken] <= time) {
      inOrder.accept(times[taken++]);
    }
    System.arraycopy(times, taken, times, 0, size - taken);
    size -= taken;
  }

  void write(DataOutputView out) throws IOException {
    VarInts.write(size, out);
    long last = 0;
    for (int i = 0; i < size; i++) {
      VarInts.writeSigned(times[i] - last, out);
      last = times[i];
    }
  }

  static PendingClicks read(DataInputView in) throws IOException {
    PendingClicks pending = new PendingClicks();
    long number = VarInts.read(in);
    long last = 0;
    for (long i = 0; i < number; i++) {
      last += VarInts.readSigned(in);
      pending.add(last);
    }
    return pending;
  }
}
