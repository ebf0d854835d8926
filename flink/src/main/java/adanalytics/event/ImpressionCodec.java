package adanalytics.event;

import adanalytics.codec.VarInts;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Serializes an {@link Impression}. */
public final class ImpressionCodec extends AdEventCodec<Impression> {
  private static final long serialVersionUID = 1L;

  @Override
  public Class<Impression> type() {
    return Impression.class;
  }

  @Override
  Impression empty() {
    return new Impression();
  }

  @Override
  void writeOwn(Impression impression, DataOutputView out) throws IOException {
    writeOptional(impression.costMicros, out);
    writeOptional(impression.width, out);
    writeOptional(impression.height, out);
  }

  @Override
  void readOwn(Impression impression, DataInputView in) throws IOException {
    impression.costMicros = readOptional(in);
    impression.width = toInteger(readOptional(in));
    impression.height = toInteger(readOptional(in));
  }

  /** Writes a number of 0 or more, or null. */
  private static void writeOptional(Number number, DataOutputView out) throws IOException {
    VarInts.write(number == null ? 0 : number.longValue() + 1, out);
  }

  private static Long readOptional(DataInputView in) throws IOException {
    long number = VarInts.read(in);
    return number == 0 ? null : number - 1;
  }

  private static Integer toInteger(Long number) {
    return number == null ? null : Math.toIntExact(number);
  }
}
