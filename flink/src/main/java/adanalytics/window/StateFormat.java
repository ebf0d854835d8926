package adanalytics.window;

import adanalytics.codec.VarInts;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * The header of every value in the state: the version of its format, and the sizes of the windows.
 * A value with other sizes is rejected, because its slides are at different times. Another version
 * is also rejected.
 */
final class StateFormat {
  private static final int VERSION = 2;

  private StateFormat() {}

  static void write(DataOutputView out, SlidingWindows... windows) throws IOException {
    out.writeByte(VERSION);
    for (SlidingWindows one : windows) {
      VarInts.write(one.slideMillis, out);
      VarInts.write(one.slidesPerWindow, out);
    }
  }

  /**
   * @throws IOException when another version of the application wrote the value, or for windows of
   *     other settings
   */
  static void read(DataInputView in, SlidingWindows... windows) throws IOException {
    int version = in.readUnsignedByte();
    if (version != VERSION) {
      throw new IOException(
          "The state has format "
              + version
              + ", but this version of the application reads only format "
              + VERSION);
    }
    for (SlidingWindows one : windows) {
      long slideMillis = VarInts.read(in);
      long slides = VarInts.read(in);
      if (slideMillis != one.slideMillis || slides != one.slidesPerWindow) {
        throw new IOException(
            String.format(
                "The state has windows of %d ms that slide by %d ms, but the settings say %d ms"
                    + " and %d ms: see docs/runbooks/update-the-job.md",
                slides * slideMillis, slideMillis, one.windowMillis, one.slideMillis));
      }
    }
  }
}
