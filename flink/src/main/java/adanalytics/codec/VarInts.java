package adanalytics.codec;

import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Whole numbers in as few bytes as they need, seven bits a byte (LEB128; signed ones in zigzag).
 */
public final class VarInts {
  private VarInts() {}

  /** A number that is mostly small; a negative one takes ten bytes. */
  public static void write(long value, DataOutputView out) throws IOException {
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      out.writeByte((int) (rest & 0x7F) | 0x80);
      rest >>>= 7;
    }
    out.writeByte((int) rest);
  }

  public static long read(DataInputView in) throws IOException {
    long value = 0;
    for (int shift = 0; shift < Long.SIZE; shift += 7) {
      byte next = in.readByte();
      value |= (next & 0x7FL) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw new IOException("A number in the state has more than ten bytes");
  }

  /** A number that is mostly near zero, on either side. */
  public static void writeSigned(long value, DataOutputView out) throws IOException {
    write((value << 1) ^ (value >> 63), out);
  }

  public static long readSigned(DataInputView in) throws IOException {
    long zigzag = read(in);
    return (zigzag >>> 1) ^ -(zigzag & 1);
  }
}
