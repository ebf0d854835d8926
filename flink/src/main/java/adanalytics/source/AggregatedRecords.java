package adanalytics.source;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.flink.kinesis.shaded.com.amazonaws.services.kinesis.clientlibrary.types.Messages;
import org.apache.flink.kinesis.shaded.com.amazonaws.services.kinesis.model.GetRecordsResult;
import org.apache.flink.kinesis.shaded.com.amazonaws.services.kinesis.model.HashKeyRange;
import org.apache.flink.kinesis.shaded.com.amazonaws.services.kinesis.model.Record;
import org.apache.flink.kinesis.shaded.com.google.protobuf.ByteString;
import org.apache.flink.kinesis.shaded.com.google.protobuf.InvalidProtocolBufferException;
import org.apache.flink.streaming.connectors.kinesis.model.StreamShardHandle;
import org.apache.flink.streaming.connectors.kinesis.proxy.GetShardListResult;
import org.apache.flink.streaming.connectors.kinesis.proxy.KinesisProxyInterface;

/**
 * Makes the connector read every part of a record that the Kinesis Producer Library aggregated.
 *
 * <p>The connector de-aggregates such a record, but silently drops parts: the whole record if the
 * key of one part belongs to another shard, and the rest of the record after a part with an
 * unreadable key. Here every part counts, whatever its key. So the shard is described to the
 * connector with all hash keys ({@link #withAllHashKeys}), and a missing or unreadable key is
 * replaced before the connector reads the record.
 *
 * <p>No data is lost: a part without data becomes an empty part. A record without parts, or with
 * more parts, keys, tags or unknown fields than events could have ({@link AggregatePartLimit}),
 * becomes a single part. All of these are rejected, because they are not JSON. A record with a
 * wrong checksum or message is not aggregated; it stays unchanged and is rejected as a whole.
 */
final class AggregatedRecords implements KinesisProxyInterface {
  private static final byte[] MAGIC = {(byte) 0xF3, (byte) 0x89, (byte) 0x9A, (byte) 0xC2};
  private static final int CHECKSUM_BYTES = 16;
  private static final String ANY_KEY = "0";
  private static final HashKeyRange ALL_KEYS =
      new HashKeyRange()
          .withStartingHashKey("0")
          .withEndingHashKey(BigInteger.ONE.shiftLeft(128).subtract(BigInteger.ONE).toString());

  private final KinesisProxyInterface kinesis;

  /**
   * @param kinesis where the records come from
   */
  AggregatedRecords(KinesisProxyInterface kinesis) {
    this.kinesis = kinesis;
  }

  /**
   * @param shard as Kinesis describes it
   * @return the same shard with the full range of hash keys
   */
  static StreamShardHandle withAllHashKeys(StreamShardHandle shard) {
    return new StreamShardHandle(
        shard.getStreamName(), shard.getShard().clone().withHashKeyRange(ALL_KEYS));
  }

  @Override
  public String getShardIterator(StreamShardHandle shard, String type, Object marker)
      throws InterruptedException {
    return kinesis.getShardIterator(shard, type, marker);
  }

  @Override
  public GetRecordsResult getRecords(String iterator, int limit) throws InterruptedException {
    GetRecordsResult result = kinesis.getRecords(iterator, limit);
    for (Record record : result.getRecords()) {
      withReadableParts(record);
    }
    return result;
  }

  @Override
  public GetShardListResult getShardList(Map<String, String> lastSeenShardIds)
      throws InterruptedException {
    return kinesis.getShardList(lastSeenShardIds);
  }

  /** Replaces the data of an aggregated record that the connector would not read in full. */
  private static void withReadableParts(Record record) {
    byte[] body = bodyOf(record.getData().duplicate());
    if (body == null) {
      return;
    }
    if (AggregatePartLimit.isExceeded(body)) {
      record.setData(asOnlyPart(record.getData()));
      return;
    }
    try {
      Messages.AggregatedRecord aggregate = Messages.AggregatedRecord.PARSER.parsePartialFrom(body);
      if (aggregate.getRecordsCount() == 0) {
        record.setData(asOnlyPart(record.getData()));
      } else if (!isReadable(aggregate)) {
        record.setData(withOneKey(aggregate));
      }
    } catch (InvalidProtocolBufferException e) {
      // The connector also treats this record as a plain one.
    }
  }

  /** The message of an aggregated record; null when the record is not one. */
  private static byte[] bodyOf(ByteBuffer data) {
    byte[] magic = new byte[MAGIC.length];
    if (data.remaining() <= MAGIC.length + CHECKSUM_BYTES) {
      return null;
    }
    data.get(magic);
    if (!Arrays.equals(magic, MAGIC)) {
      return null;
    }
    byte[] body = new byte[data.remaining() - CHECKSUM_BYTES];
    byte[] checksum = new byte[CHECKSUM_BYTES];
    data.get(body).get(checksum);
    return Arrays.equals(md5(body), checksum) ? body : null;
  }

  /** Whether the connector can read every part. */
  private static boolean isReadable(Messages.AggregatedRecord aggregate) {
    if (!aggregate.isInitialized()) {
      return false;
    }
    List<String> explicitKeys = aggregate.getExplicitHashKeyTableList();
    for (Messages.Record part : aggregate.getRecordsList()) {
      boolean readable =
          isIndex(part.getPartitionKeyIndex(), aggregate.getPartitionKeyTableCount())
              && (!part.hasExplicitHashKeyIndex()
                  || (isIndex(part.getExplicitHashKeyIndex(), explicitKeys.size())
                      && isHashKey(explicitKeys.get((int) part.getExplicitHashKeyIndex()))));
      if (!readable) {
        return false;
      }
    }
    return true;
  }

  private static boolean isIndex(long index, int size) {
    return index >= 0 && index < size;
  }

  private static boolean isHashKey(String text) {
    return text.matches("[0-9]{1,39}")
        && new BigInteger(text).compareTo(BigInteger.ONE.shiftLeft(128)) < 0;
  }

  private static ByteBuffer withOneKey(Messages.AggregatedRecord aggregate) {
    List<ByteString> parts = new ArrayList<>();
    // A part without data becomes an empty one.
    aggregate.getRecordsList().forEach(part -> parts.add(part.getData()));
    return aggregated(parts);
  }

  private static ByteBuffer asOnlyPart(ByteBuffer record) {
    return aggregated(List.of(ByteString.copyFrom(record.duplicate())));
  }

  private static ByteBuffer aggregated(List<ByteString> parts) {
    Messages.AggregatedRecord.Builder message =
        Messages.AggregatedRecord.newBuilder().addPartitionKeyTable(ANY_KEY);
    for (ByteString part : parts) {
      message.addRecords(Messages.Record.newBuilder().setPartitionKeyIndex(0).setData(part));
    }
    byte[] body = message.build().toByteArray();
    ByteBuffer data = ByteBuffer.allocate(MAGIC.length + body.length + CHECKSUM_BYTES);
    data.put(MAGIC).put(body).put(md5(body)).flip();
    return data;
  }

  private static byte[] md5(byte[] bytes) {
    try {
      return MessageDigest.getInstance("MD5").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("This Java runtime does not support MD5", e);
    }
  }
}
