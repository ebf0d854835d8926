package adanalytics.window;

import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * What every value in the state begins with: the version of its format, and the windows that it was
 * made for. A version that came after this program is refused. Windows of other settings are not
 * understood: their slides are other times.
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
   * @return whether the value was made for these windows; if not, there is nothing more to read
   * @throws IOException when a later version of the program wrote the value
   */
  static boolean read(DataInputView in, SlidingWindows... windows) throws IOException {
    int version = in.readUnsignedByte();
    if (version != VERSION) {
      throw new IOException(
          "The state has format "
              + version
              + ", but this version of the application reads "
              + VERSION);
    }
    boolean same = true;
    for (SlidingWindows one : windows) {
      same &= VarInts.read(in) == one.slideMillis;
      same &= VarInts.read(in) == one.slidesPerWindow;
    }
    return same;
  }
}
