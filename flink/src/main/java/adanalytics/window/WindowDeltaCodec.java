package adanalytics.window;

import adanalytics.codec.Codec;
import adanalytics.codec.Texts;
import adanalytics.codec.VarInts;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Serializes a {@link WindowDelta} between operators; never used for state. */
public final class WindowDeltaCodec implements Codec<WindowDelta> {
  private static final long serialVersionUID = 1L;

  @Override
  public Class<WindowDelta> type() {
    return WindowDelta.class;
  }

  @Override
  public void write(WindowDelta delta, DataOutputView out) throws IOException {
    Texts.write(delta.key, out);
    VarInts.writeSigned(delta.window, out);
    for (long count : delta.counts) {
      VarInts.write(count, out);
    }
  }

  @Override
  public WindowDelta read(DataInputView in) throws IOException {
    WindowDelta delta = new WindowDelta();
    delta.key = Texts.read(in);
    delta.window = VarInts.readSigned(in);
    delta.counts = new long[WindowTotals.COUNTS];
    for (int i = 0; i < delta.counts.length; i++) {
      delta.counts[i] = VarInts.read(in);
    }
    return delta;
  }
}
