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
import java.util.Set;
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

  /** Fields and wire types of which only the last value counts, with the path of their message. */
  private static final Set<String> SINGLE_FIELDS =
      Set.of("[3, 1]:0", "[3, 2]:0", "[3, 3]:2", "[3, 4, 1]:2", "[3, 4, 2]:2");

  /** Maximum nesting of messages and groups. Source: CodedInputStream of protobuf. */
  private static final int MAX_DEPTH = 100;

  /** The same limits as in {@link AggregatePartLimit}. */
  private static final int MAX_UNCHECKED_PARTS = 16;

  private static final int MIN_AVERAGE_BYTES = 32;

  private AggregatedParts() {}

  /**
   * @param record data of a record
   * @return its parts in order, empty where a part has no data; none if there are more parts, keys,
   *     tags or unknown fields than events could have; absent if the record is not aggregated, or
   *     its checksum or its message is wrong
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
    int[] counts = new int[2];
    try {
      count(ByteBuffer.wrap(message), List.of(), counts);
    } catch (BufferUnderflowException | IllegalArgumentException e) {
      // The remaining bytes are not protobuf. The bytes before them count.
    }
    for (int count : counts) {
      if (count > MAX_UNCHECKED_PARTS && message.length / (double) count < MIN_AVERAGE_BYTES) {
        return Optional.of(List.of());
      }
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
   * Counts the objects before the first byte that is not protobuf.
   *
   * @param message the bytes up to its limit are read
   * @param path fields that lead to the message: none for the aggregated record, [3] for a part,
   *     [3, 4] for a tag
   * @param counts of parts, and of keys, tags and unknown fields; the result is added
   */
  private static void count(ByteBuffer message, List<Integer> path, int[] counts) {
    for (int groups = 0; message.hasRemaining(); ) {
      int tag = (int) varInt(message);
      int field = tag >>> 3;
      int wireType = tag & 7;
      if (field == 0) {
        throw new IllegalArgumentException();
      }
      if (wireType == 4) {
        groups--;
        continue;
      }
      List<Integer> inside = new ArrayList<>(path);
      inside.add(field);
      boolean isPart = inside.equals(List.of(RECORDS)) && wireType == 2 && groups == 0;
      boolean isTag = inside.equals(List.of(RECORDS, TAGS)) && wireType == 2 && groups == 0;
      boolean replaces = SINGLE_FIELDS.contains(inside + ":" + wireType) && groups == 0;
      switch (wireType) {
        case 0:
          varInt(message);
          break;
        case 1:
          skip(message, 8);
          break;
        case 2:
          int length = (int) varInt(message);
          int end = message.position() + length;
          skip(message, length);
          if (isPart || isTag) {
            count(message.duplicate().position(end - length).limit(end), inside, counts);
          }
          break;
        case 3:
          groups++;
          break;
        case 5:
          skip(message, 4);
          break;
        default:
          throw new IllegalArgumentException();
      }
      if (!replaces) {
        counts[isPart ? 0 : 1]++;
      }
    }
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
