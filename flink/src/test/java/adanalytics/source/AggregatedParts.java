package adanalytics.source;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.flink.kinesis.shaded.com.google.protobuf.ByteString;
import org.apache.flink.kinesis.shaded.com.google.protobuf.CodedInputStream;
import org.apache.flink.kinesis.shaded.com.google.protobuf.UnknownFieldSet;

/**
 * An independent reader of aggregated records, to test {@link AggregatedRecords}: it reads field by
 * field, without the classes generated for the message. Source: aggregation-format.md of
 * awslabs/amazon-kinesis-producer.
 */
final class AggregatedParts {
  private static final byte[] MAGIC = {(byte) 0xF3, (byte) 0x89, (byte) 0x9A, (byte) 0xC2};
  private static final int CHECKSUM_BYTES = 16;

  /** Field of the message: the parts. */
  private static final int RECORDS = 3;

  /** Fields of a part. */
  private static final int DATA = 3;

  private static final int TAGS = 4;

  /** Maximum nesting of messages and groups. Source: CodedInputStream of protobuf. */
  private static final int MAX_DEPTH = 100;

  /** The same limits as in {@link AggregatePartLimit}. */
  private static final int MAX_UNCHECKED_PARTS = 16;

  private static final int MIN_AVERAGE_BYTES = 32;

  private AggregatedParts() {}

  /**
   * @param record data of a record
   * @return its parts in order, empty where a part has no data; none if there are more than events
   *     could have; absent if the record is not aggregated, or its checksum or its message is wrong
   */
  static Optional<List<byte[]>> of(byte[] record) {
    int end = record.length - CHECKSUM_BYTES;
    if (end <= MAGIC.length || !Arrays.equals(Arrays.copyOf(record, MAGIC.length), MAGIC)) {
      return Optional.empty();
    }
    byte[] message = Arrays.copyOfRange(record, MAGIC.length, end);
    if (!Arrays.equals(md5(message), Arrays.copyOfRange(record, end, record.length))) {
      return Optional.empty();
    }
    int count = countParts(ByteBuffer.wrap(message));
    if (count > MAX_UNCHECKED_PARTS && message.length / (double) count < MIN_AVERAGE_BYTES) {
      return Optional.of(List.of());
    }
    try {
      List<byte[]> parts = new ArrayList<>();
      for (ByteString part : fields(ByteString.copyFrom(message), 0, RECORDS)) {
        for (ByteString tag : fields(part, 1, TAGS)) {
          fields(tag, 2, 0);
        }
        // If a field is repeated, the last one counts.
        List<ByteString> data = fields(part, 1, DATA);
        parts.add(data.isEmpty() ? new byte[0] : data.get(data.size() - 1).toByteArray());
      }
      return Optional.of(parts);
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /**
   * Counts the parts before the first byte that is not protobuf; parts inside a group do not count.
   */
  private static int countParts(ByteBuffer message) {
    int parts = 0;
    try {
      for (int groups = 0; message.hasRemaining(); ) {
        int tag = (int) varInt(message);
        if (tag >>> 3 == 0) {
          break;
        }
        switch (tag & 7) {
          case 0:
            varInt(message);
            break;
          case 1:
            skip(message, 8);
            break;
          case 2:
            skip(message, (int) varInt(message));
            parts += groups == 0 && tag >>> 3 == RECORDS ? 1 : 0;
            break;
          case 3:
            groups++;
            break;
          case 4:
            groups--;
            break;
          case 5:
            skip(message, 4);
            break;
          default:
            return parts;
        }
      }
    } catch (BufferUnderflowException | IllegalArgumentException e) {
      // The remaining bytes are not protobuf.
    }
    return parts;
  }

  private static void skip(ByteBuffer message, int bytes) {
    if (bytes < 0) {
      throw new IllegalArgumentException();
    }
    message.position(message.position() + bytes);
  }

  private static long varInt(ByteBuffer message) {
    long value = 0;
    for (int shift = 0; shift < 70; shift += 7) {
      byte next = message.get();
      value |= (next & 0x7FL) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw new IllegalArgumentException();
  }

  /** The values of one field that have a length; fails if the bytes are not a message. */
  private static List<ByteString> fields(ByteString message, int depth, int number)
      throws IOException {
    CodedInputStream in = message.newCodedInput();
    in.setRecursionLimit(MAX_DEPTH - depth);
    UnknownFieldSet fields = UnknownFieldSet.parseFrom(in);
    in.checkLastTagWas(0);
    return fields.getField(number).getLengthDelimitedList();
  }

  /**
   * @param message protobuf message, or any bytes
   * @return the record that carries it, with a checksum that fits
   */
  static byte[] signed(byte[] message) {
    byte[] record = Arrays.copyOf(MAGIC, MAGIC.length + message.length + CHECKSUM_BYTES);
    System.arraycopy(message, 0, record, MAGIC.length, message.length);
    System.arraycopy(md5(message), 0, record, MAGIC.length + message.length, CHECKSUM_BYTES);
    return record;
  }

  private static byte[] md5(byte[] bytes) {
    try {
      return MessageDigest.getInstance("MD5").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
