package adanalytics.source;

import java.io.IOException;
import org.apache.flink.kinesis.shaded.com.google.protobuf.CodedInputStream;
import org.apache.flink.kinesis.shaded.com.google.protobuf.WireFormat;

/**
 * Detects aggregated records that would take many times their size on the heap. An empty part takes
 * two bytes in the record, but 140 bytes of heap after de-aggregation, and becomes a separate
 * result. So 10 MiB, which Kinesis can return in one response, would take 700 MiB of heap. Tags,
 * keys and unknown fields also take two bytes or more in the record, and about 100 bytes of heap.
 */
final class AggregatePartLimit {
  /** Up to this number of parts, and of other objects, any length is allowed. */
  static final int MAX_UNCHECKED_PARTS = 16;

  /**
   * The shortest event has 124 bytes. So the average is always greater in a record in which a
   * fourth of the parts are events.
   */
  static final int MIN_AVERAGE_BYTES = 32;

  private final CodedInputStream in;
  private long parts;

  /** Keys, tags and fields that the message does not define. */
  private long others;

  private AggregatePartLimit(byte[] message) {
    in = CodedInputStream.newInstance(message);
  }

  /**
   * @param message protobuf message of an aggregated record, or any bytes
   * @return whether it has more than {@value #MAX_UNCHECKED_PARTS} parts, which have fewer than
   *     {@value #MIN_AVERAGE_BYTES} bytes on average; or as many keys, tags and unknown fields
   */
  static boolean isExceeded(byte[] message) {
    AggregatePartLimit limit = new AggregatePartLimit(message);
    try {
      limit.count(Level.AGGREGATE);
    } catch (IOException e) {
      // The remaining bytes are not protobuf. The bytes before them count.
    }
    return isExceeded(limit.parts, message) || isExceeded(limit.others, message);
  }

  private static boolean isExceeded(long objects, byte[] message) {
    return objects > MAX_UNCHECKED_PARTS && objects * MIN_AVERAGE_BYTES > message.length;
  }

  /**
   * Counts without building objects. Groups are not read by recursion: a message can have 100,000
   * nested ones.
   */
  private void count(Level level) throws IOException {
    int groups = 0;
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      int wireType = WireFormat.getTagWireType(tag);
      Field field =
          groups == 0 ? level.field(WireFormat.getTagFieldNumber(tag), wireType) : Field.OTHER;
      switch (wireType) {
        case WireFormat.WIRETYPE_VARINT:
          in.readRawVarint64();
          break;
        case WireFormat.WIRETYPE_FIXED64:
          in.readRawLittleEndian64();
          break;
        case WireFormat.WIRETYPE_LENGTH_DELIMITED:
          countInside(field, in.readRawVarint32());
          break;
        case WireFormat.WIRETYPE_START_GROUP:
          groups++;
          break;
        case WireFormat.WIRETYPE_END_GROUP:
          groups--;
          continue;
        case WireFormat.WIRETYPE_FIXED32:
          in.readRawLittleEndian32();
          break;
        default:
          throw new IOException("wire type " + wireType);
      }
      if (field == Field.PART) {
        parts++;
      } else if (field != Field.SINGLE) {
        others++;
      }
    }
  }

  private void countInside(Field field, int length) throws IOException {
    if (field != Field.PART && field != Field.TAG) {
      in.skipRawBytes(length);
      return;
    }
    int outer = in.pushLimit(length);
    count(field == Field.PART ? Level.PART : Level.TAG);
    in.popLimit(outer);
  }

  private enum Field {
    PART,
    TAG,

    /** A field of which a message holds only the last value. */
    SINGLE,
    OTHER
  }

  /** The messages of an aggregated record. Source: aggregation-format.md of the KPL. */
  private enum Level {
    AGGREGATE,
    PART,
    TAG;

    Field field(int number, int wireType) {
      boolean isNumber = wireType == WireFormat.WIRETYPE_VARINT;
      boolean hasLength = wireType == WireFormat.WIRETYPE_LENGTH_DELIMITED;
      switch (this) {
        case AGGREGATE:
          return number == 3 && hasLength ? Field.PART : Field.OTHER;
        case PART:
          if (number == 4 && hasLength) {
            return Field.TAG;
          }
          return (number <= 2 && isNumber) || (number == 3 && hasLength)
              ? Field.SINGLE
              : Field.OTHER;
        default:
          return number <= 2 && hasLength ? Field.SINGLE : Field.OTHER;
      }
    }
  }
}
