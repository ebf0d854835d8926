package adanalytics.source;

import java.io.IOException;
import org.apache.flink.kinesis.shaded.com.google.protobuf.CodedInputStream;
import org.apache.flink.kinesis.shaded.com.google.protobuf.WireFormat;

/**
 * Finds aggregated records with more parts than events could have. An empty part takes two bytes of
 * the record, but 140 bytes of the heap after de-aggregation, and becomes a separate result: 10
 * MiB, which Kinesis can return in one response, would take 700 MiB.
 */
final class CrowdedRecords {
  /** So many parts may have any length. */
  static final int FEW_PARTS = 16;

  /**
   * The shortest event has 124 bytes, so that a record with events in a fourth of its parts always
   * has more on average.
   */
  static final int LEAST_AVERAGE_BYTES = 32;

  /** Field of the message that holds the parts. */
  private static final int RECORDS = 3;

  private CrowdedRecords() {}

  /**
   * @param message protobuf message of an aggregated record, or any bytes
   * @return whether it has more than {@value #FEW_PARTS} parts, which have fewer than {@value
   *     #LEAST_AVERAGE_BYTES} bytes on average
   */
  static boolean isCrowded(byte[] message) {
    long parts = countParts(message);
    return parts > FEW_PARTS && parts * LEAST_AVERAGE_BYTES > message.length;
  }

  /**
   * Without building them, and without recursion: a message can have 100,000 groups in each other.
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
      // What follows is not protobuf.
    }
    return parts;
  }
}
