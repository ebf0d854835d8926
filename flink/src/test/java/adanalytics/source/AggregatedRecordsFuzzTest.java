package adanalytics.source;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.kinesis.shaded.com.amazonaws.services.kinesis.clientlibrary.types.UserRecord;
import org.apache.flink.kinesis.shaded.com.amazonaws.services.kinesis.model.GetRecordsResult;
import org.apache.flink.kinesis.shaded.com.amazonaws.services.kinesis.model.Record;
import org.apache.flink.kinesis.shaded.com.amazonaws.services.kinesis.model.Shard;
import org.apache.flink.kinesis.shaded.com.amazonaws.services.kinesis.producer.protobuf.Messages;
import org.apache.flink.kinesis.shaded.com.google.protobuf.ByteString;
import org.apache.flink.streaming.connectors.kinesis.internals.publisher.RecordBatch;
import org.apache.flink.streaming.connectors.kinesis.model.StreamShardHandle;
import org.apache.flink.streaming.connectors.kinesis.proxy.GetShardListResult;
import org.apache.flink.streaming.connectors.kinesis.proxy.KinesisProxyInterface;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Coverage-guided fuzzing of the reader of aggregated records, together with the connector that
 * takes them apart; the README of flink says how. A test run tries only the messages below and the
 * corpus in src/test/resources.
 */
@Timeout(60)
class AggregatedRecordsFuzzTest {
  private static final String SEQUENCE_NUMBER =
      "49590338271490256608559692538361571095921575989136588898";
  private static final Date ARRIVAL = new Date(1_795_428_000_000L);

  private static final StreamShardHandle SHARD =
      AggregatedRecords.withAllHashKeys(
          new StreamShardHandle("stream", new Shard().withShardId("shard")));

  /**
   * No part is lost, added or changed, whatever the bytes are.
   *
   * @param message of an aggregated record; also tried as a whole record. The fuzzer cannot find a
   *     checksum, so the test computes it.
   */
  @MethodSource("messages")
  @FuzzTest
  void parts(byte[] message) {
    check(message);
    check(AggregatedParts.signed(message));
  }

  private static void check(byte[] record) {
    List<UserRecord> read = read(record);
    Optional<List<byte[]>> parts = AggregatedParts.of(record);
    // A record without parts is read as a single part.
    List<byte[]> expected = parts.filter(found -> !found.isEmpty()).orElse(List.of(record));
    assertThat(read).hasSameSizeAs(expected);
    for (int i = 0; i < expected.size(); i++) {
      UserRecord part = read.get(i);
      assertThat(part.isAggregated()).isEqualTo(parts.isPresent());
      assertThat(part.getSubSequenceNumber()).isEqualTo(i);
      assertThat(part.getData()).isEqualTo(ByteBuffer.wrap(expected.get(i)));
      assertThat(part.getSequenceNumber()).isEqualTo(SEQUENCE_NUMBER);
      assertThat(part.getApproximateArrivalTimestamp()).isEqualTo(ARRIVAL);
    }
  }

  /** Reads like the connector: from the proxy, then de-aggregated. */
  private static List<UserRecord> read(byte[] data) {
    Record record =
        new Record()
            .withSequenceNumber(SEQUENCE_NUMBER)
            .withPartitionKey("key")
            .withApproximateArrivalTimestamp(ARRIVAL)
            .withData(ByteBuffer.wrap(data.clone()));
    try {
      GetRecordsResult result =
          new AggregatedRecords(new OneRecord(record)).getRecords("iterator", 1);
      return new RecordBatch(result.getRecords(), SHARD, 0L).getDeaggregatedRecords();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Valid messages, and each kind of message that the connector would not read completely. */
  static List<byte[]> messages() {
    return List.of(
        message(part("a"), part("b")),
        message(part("a").setPartitionKeyIndex(1), part("b").setPartitionKeyIndex(1L << 40)),
        message(part("a").setExplicitHashKeyIndex(0), part("b").setExplicitHashKeyIndex(1)),
        message(part("a"), Messages.Record.newBuilder().setPartitionKeyIndex(0)),
        message(part("a").clearPartitionKeyIndex(), part("b")),
        message(part("a").addTags(Messages.Tag.newBuilder().setKey("k").setValue("v"))),
        message(),
        "{\"click_id\":\"c1\"}".getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] message(Messages.Record.Builder... parts) {
    Messages.AggregatedRecord.Builder message =
        Messages.AggregatedRecord.newBuilder()
            .addPartitionKeyTable("key")
            .addExplicitHashKeyTable("340282366920938463463374607431768211455");
    for (Messages.Record.Builder part : parts) {
      message.addRecords(part.buildPartial());
    }
    return message.buildPartial().toByteArray();
  }

  private static Messages.Record.Builder part(String data) {
    return Messages.Record.newBuilder()
        .setPartitionKeyIndex(0)
        .setData(ByteString.copyFromUtf8(data));
  }

  /** A shard with one record. */
  private static final class OneRecord implements KinesisProxyInterface {
    private final Record record;

    OneRecord(Record record) {
      this.record = record;
    }

    @Override
    public GetRecordsResult getRecords(String iterator, int limit) {
      return new GetRecordsResult().withRecords(record);
    }

    @Override
    public String getShardIterator(StreamShardHandle shard, String type, Object marker) {
      throw new UnsupportedOperationException();
    }

    @Override
    public GetShardListResult getShardList(Map<String, String> lastSeenShardIds) {
      throw new UnsupportedOperationException();
    }
  }
}
