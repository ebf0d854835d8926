package adanalytics.codec;

import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Reads and writes integers with a variable number of bytes (LEB128, seven bits a byte; signed ones
 * in zigzag).
 */
public final class VarInts {
  private VarInts() {}

  /** For numbers that are usually small; a negative one takes ten bytes. */
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

  /** For numbers that are usually near zero, positive or negative. */
  public static void writeSigned(long value, DataOutputView out) throws IOException {
    write((value << 1) ^ (value >> 63), out);
  }

  public static long readSigned(DataInputView in) throws IOException {
    long zigzag = read(in);
    return (zigzag >>> 1) ^ -(zigzag & 1);
  }
}
