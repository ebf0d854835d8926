package adanalytics.source;

import java.io.IOException;
import org.apache.flink.kinesis.shaded.com.google.protobuf.CodedInputStream;
import org.apache.flink.kinesis.shaded.com.google.protobuf.WireFormat;

/**
 * Detects aggregated records with implausibly many parts. An empty part takes two bytes in the
 * record, but 140 bytes of heap after de-aggregation, and becomes a separate result. So 10 MiB,
 * which Kinesis can return in one response, would take 700 MiB of heap.
 */
final class AggregatePartLimit {
  /** Up to this number of parts, any length is allowed. */
  static final int MAX_UNCHECKED_PARTS = 16;

  /**
   * The shortest event has 124 bytes. So the average is always greater in a record in which a
   * fourth of the parts are events.
   */
  static final int MIN_AVERAGE_BYTES = 32;

  /** Field of the message that holds the parts. */
  private static final int RECORDS = 3;

  private AggregatePartLimit() {}

  /**
   * @param message protobuf message of an aggregated record, or any bytes
   * @return whether it has more than {@value #MAX_UNCHECKED_PARTS} parts, which have fewer than
   *     {@value #MIN_AVERAGE_BYTES} bytes on average
   */
  static boolean isExceeded(byte[] message) {
    long parts = countParts(message);
    return parts > MAX_UNCHECKED_PARTS && parts * MIN_AVERAGE_BYTES > message.length;
  }

  /**
   * Counts the parts without building objects and without recursion: a message can have 100,000
   * nested groups.
   *
   * @return the number of parts up to the end, or to the first bytes that are not protobuf
   */
  private static int countParts(byte[] message) {
    CodedInputStream in = CodedInputStream.newInstance(message);
    int parts = 0;
    int groups = 0;
    try {
      for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
        switch (WireFormat.getTagWireType(tag)) {
          case WireFormat.WIRETYPE_VARINT:
            in.readRawVarint64();
            break;
          case WireFormat.WIRETYPE_FIXED64:
            in.readRawLittleEndian64();
            break;
          case WireFormat.WIRETYPE_LENGTH_DELIMITED:
            in.skipRawBytes(in.readRawVarint32());
            if (groups == 0 && WireFormat.getTagFieldNumber(tag) == RECORDS) {
              parts++;
            }
            break;
          case WireFormat.WIRETYPE_START_GROUP:
            groups++;
            break;
          case WireFormat.WIRETYPE_END_GROUP:
            groups--;
            break;
          case WireFormat.WIRETYPE_FIXED32:
            in.readRawLittleEndian32();
            break;
          default:
            return parts;
        }
      }
    } catch (IOException e) {
      // The remaining bytes are not protobuf.
    }
    return parts;
  }
}
