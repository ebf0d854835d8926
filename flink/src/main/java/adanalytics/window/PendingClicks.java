package adanalytics.window;

import adanalytics.codec.VarInts;
import java.io.IOException;
import java.util.Arrays;
import java.util.function.LongConsumer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Times of clicks that the watermark has not reached: an earlier click may still arrive, so the
 * gaps are not known yet. It contains only the clicks ahead of the watermark, not those of a whole
 * window: those of {@code max.out.of.orderness}, and those that a producer dates up to {@code
 * max.future.seconds} ahead.
 *
 * <p>The value of an actor is read and written at each of its events. Many clicks therefore stay
 * encoded until the watermark reaches the first of them: an event copies their bytes, but does not
 * decode, sort or encode them.
 */
final class PendingClicks {
  /** The most clicks that are decoded whenever they are read. */
  static final int MAX_ALWAYS_DECODED = 64;

  /** Clicks in any order, unless they are in {@link #encoded}. */
  private long[] times = new long[0];

  private int size;

  /** Differences of the times in order of their arrival; null if they are in {@link #times}. */
  private DataOutputSerializer encoded;

  private long earliest;
  private long latestArrived;

  void add(long time) throws IOException {
    if (encoded != null) {
      VarInts.writeSigned(time - latestArrived, encoded);
      latestArrived = time;
      earliest = Math.min(earliest, time);
    } else {
      if (size == times.length) {
        times = Arrays.copyOf(times, Math.max(4, 2 * size));
      }
      times[size] = time;
    }
    size++;
  }

  /**
   * @param time up to which, inclusive, all clicks have arrived
   * @param inOrder receives the times up to this one in ascending order; they are removed from here
   */
  void takeUpTo(long time, LongConsumer inOrder) throws IOException {
    if (size == 0 || (encoded != null && earliest > time)) {
      return;
    }
    decode();
    Arrays.sort(times, 0, size);
    int taken = 0;
    while (taken < size && times[taken] <= time) {
      inOrder.accept(times[taken++]);
    }
    System.arraycopy(times, taken, times, 0, size - taken);
    size -= taken;
  }

  private void decode() throws IOException {
    if (encoded == null) {
      return;
    }
    times = new long[size];
    readTimes(new DataInputDeserializer(encoded.getSharedBuffer(), 0, encoded.length()));
    encoded = null;
  }

  private void readTimes(DataInputView in) throws IOException {
    long last = 0;
    for (int i = 0; i < size; i++) {
      last += VarInts.readSigned(in);
      times[i] = last;
    }
  }

  /** Writes few clicks as in release 0.1.0: their number and the differences of their times. */
  void write(DataOutputView out) throws IOException {
    if (encoded == null && size <= MAX_ALWAYS_DECODED) {
      VarInts.write(size, out);
      writeTimes(out);
      return;
    }
    encode();
    VarInts.write(-size, out);
    VarInts.writeSigned(earliest, out);
    VarInts.writeSigned(latestArrived, out);
    VarInts.write(encoded.length(), out);
    out.write(encoded.getSharedBuffer(), 0, encoded.length());
  }

  private void encode() throws IOException {
    if (encoded != null) {
      return;
    }
    encoded = new DataOutputSerializer(3 * size);
    writeTimes(encoded);
    earliest = Arrays.stream(times, 0, size).min().getAsLong();
    latestArrived = times[size - 1];
  }

  private void writeTimes(DataOutputView out) throws IOException {
    long last = 0;
    for (int i = 0; i < size; i++) {
      VarInts.writeSigned(times[i] - last, out);
      last = times[i];
    }
  }

  static PendingClicks read(DataInputView in) throws IOException {
    PendingClicks pending = new PendingClicks();
    long number = VarInts.read(in);
    pending.size = Math.toIntExact(Math.abs(number));
    if (number >= 0) {
      pending.times = new long[pending.size];
      pending.readTimes(in);
      return pending;
    }
    pending.earliest = VarInts.readSigned(in);
    pending.latestArrived = VarInts.readSigned(in);
    int length = Math.toIntExact(VarInts.read(in));
    // Room for one more click, so that adding it does not copy the others again.
    pending.encoded = new DataOutputSerializer(length + 16);
    pending.encoded.write(in, length);
    return pending;
  }
}
