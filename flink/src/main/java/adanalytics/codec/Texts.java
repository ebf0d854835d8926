package adanalytics.codec;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Reads and writes text of any length as UTF-8. The text must be well-formed: an unpaired surrogate
 * would be replaced.
 */
public final class Texts {
  private Texts() {}

  /** Writes a text, or null. */
  public static void write(String text, DataOutputView out) throws IOException {
    if (text == null) {
      VarInts.write(0, out);
      return;
    }
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    VarInts.write(bytes.length + 1L, out);
    out.write(bytes);
  }

  /** Reads what {@link #write} wrote. */
  public static String read(DataInputView in) throws IOException {
    int length = (int) VarInts.read(in) - 1;
    if (length < 0) {
      return null;
    }
    byte[] bytes = new byte[length];
    in.readFully(bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
