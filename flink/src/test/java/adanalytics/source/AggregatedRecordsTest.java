package adanalytics.source;

import static adanalytics.source.ClickJobs.SHARD_0;
import static adanalytics.source.ClickJobs.T;
import static adanalytics.source.ClickJobs.click;
import static adanalytics.source.ClickJobs.environment;
import static org.assertj.core.api.Assertions.assertThat;

import adanalytics.event.Click;
import adanalytics.event.InputRecord;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.kinesis.shaded.com.amazonaws.services.kinesis.producer.protobuf.Messages;
import org.apache.flink.kinesis.shaded.com.google.protobuf.ByteString;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Records that the Kinesis Producer Library aggregated, valid and broken, in a job. */
@Timeout(120)
class AggregatedRecordsTest {
  @RegisterExtension static final MiniClusterExtension CLUSTER = ClickJobs.cluster();

  private String stream;

  @BeforeEach
  void createStream(TestInfo test) {
    stream = test.getTestMethod().orElseThrow().getName();
    FakeKinesis.createStream(stream, 2);
    FailAfterACheckpoint.reset();
  }

  @Test
  void readsAggregatedRecordsAndNamesEachPart() throws Exception {
    FakeKinesis.putAggregated(stream, SHARD_0, List.of(click("a", T), click("b", T + 1)), T);
    put("c", T + 2);

    assertThat(read(3))
        .containsExactlyInAnyOrder(
            "shard 0 1000:0 a on time", "shard 0 1000:1 b on time", "shard 0 1001 c on time");
  }

  @Test
  void readsPartsWhoseKeysBelongToAnotherShard() throws Exception {
    FakeKinesis.putAggregated(
        stream,
        SHARD_0,
        List.of(click("a", T), click("b", T + 1), click("c", T + 2)),
        T,
        FakeKinesis.Keys.OF_BOTH_SHARDS);

    assertThat(read(3))
        .containsExactlyInAnyOrder(
            "shard 0 1000:0 a on time", "shard 0 1000:1 b on time", "shard 0 1000:2 c on time");
  }

  @Test
  void readsPartsWhoseKeysCannotBeRead() throws Exception {
    for (FakeKinesis.Keys keys :
        List.of(FakeKinesis.Keys.OF_NO_ENTRY, FakeKinesis.Keys.OF_NO_NUMBER)) {
      FakeKinesis.putAggregated(
          stream, SHARD_0, List.of(click("a", T), "not an event", click("c", T)), T, keys);
    }

    assertThat(read(6))
        .containsExactlyInAnyOrder(
            "shard 0 1000:0 a on time",
            "shard 0 1000:1 rejected not valid JSON",
            "shard 0 1000:2 c on time",
            "shard 0 1001:0 a on time",
            "shard 0 1001:1 rejected not valid JSON",
            "shard 0 1001:2 c on time");
  }

  @Test
  void rejectsARecordThatOnlyLooksAggregated() throws Exception {
    FakeKinesis.putAggregated(
        stream, SHARD_0, List.of(click("a", T)), T, FakeKinesis.Keys.WITH_WRONG_CHECKSUM);
    put("after", T);

    assertThat(read(2))
        .containsExactlyInAnyOrder(
            "shard 0 1000 rejected not valid JSON", "shard 0 1001 after on time");
  }

  /** Its bytes are kept, so that the rejected record can be examined. */
  @Test
  void rejectsAnAggregateWithoutParts() throws Exception {
    byte[] record = FakeKinesis.putMessage(stream, SHARD_0, aggregate(List.of()).toByteArray(), T);
    put("after", T);

    List<InputRecord<Click>> read = ClickJobs.source(environment(1), stream).executeAndCollect(2);

    assertThat(read)
        .extracting(ClickJobs::describe)
        .containsExactly("shard 0 1000:0 rejected not valid JSON", "shard 0 1001 after on time");
    assertThat(read.get(0).raw).isEqualTo(record);
  }

  /** A record of 1 MiB could have half a million parts. */
  @Test
  void rejectsAsAWholeARecordWithMorePartsThanEventsCouldHave() throws Exception {
    List<Messages.Record.Builder> empty = Collections.nCopies(17, Messages.Record.newBuilder());
    byte[] record = FakeKinesis.putMessage(stream, SHARD_0, aggregate(empty).toByteArray(), T);
    List<Messages.Record.Builder> few = Collections.nCopies(16, Messages.Record.newBuilder());
    FakeKinesis.putMessage(stream, SHARD_0, aggregate(few).toByteArray(), T);

    List<InputRecord<Click>> read = ClickJobs.source(environment(1), stream).executeAndCollect(17);

    assertThat(read)
        .extracting(ClickJobs::describe)
        .startsWith(
            "shard 0 1000:0 rejected not valid JSON", "shard 0 1001:0 rejected not valid JSON")
        .endsWith("shard 0 1001:15 rejected not valid JSON");
    assertThat(read.get(0).raw).isEqualTo(record);
  }

  @Test
  void readsEachPartIfAFourthOfThemAreEvents() throws Exception {
    List<Messages.Record.Builder> parts = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      parts.add(i % 4 == 0 ? part("c" + i) : Messages.Record.newBuilder());
    }
    FakeKinesis.putMessage(stream, SHARD_0, aggregate(parts).toByteArray(), T);

    assertThat(read(100))
        .contains("shard 0 1000:96 c96 on time", "shard 0 1000:99 rejected not valid JSON");
  }

  @Test
  void rejectsOnlyThePartThatHasNoData() throws Exception {
    FakeKinesis.putMessage(
        stream,
        SHARD_0,
        aggregate(
                List.of(part("a"), Messages.Record.newBuilder().setPartitionKeyIndex(0), part("c")))
            .toByteArray(),
        T);

    assertThat(read(3))
        .containsExactly(
            "shard 0 1000:0 a on time",
            "shard 0 1000:1 rejected not valid JSON",
            "shard 0 1000:2 c on time");
  }

  /** Like a part with an unreadable key: the event can be read without a key. */
  @Test
  void readsAPartThatNamesNoKey() throws Exception {
    FakeKinesis.putMessage(
        stream,
        SHARD_0,
        aggregate(List.of(part("a").clearPartitionKeyIndex(), part("b"))).toByteArray(),
        T);

    assertThat(read(2)).containsExactly("shard 0 1000:0 a on time", "shard 0 1000:1 b on time");
  }

  @Test
  void rejectsAnAggregateWhoseMessageIsCut() throws Exception {
    byte[] message = aggregate(List.of(part("a"), part("b"))).toByteArray();
    for (int bytes : new int[] {message.length - 1, message.length / 2}) {
      FakeKinesis.putMessage(stream, SHARD_0, Arrays.copyOf(message, bytes), T);
    }
    put("after", T);

    assertThat(read(3))
        .containsExactly(
            "shard 0 1000 rejected not valid JSON",
            "shard 0 1001 rejected not valid JSON",
            "shard 0 1002 after on time");
  }

  /** The first record is unchanged, the second is rewritten before the connector reads it. */
  @Test
  void noPartIsLostOrDoubleAfterARestartInTheMiddleOfAnAggregate() throws Exception {
    List<String> expected = new ArrayList<>();
    for (int record = 0; record < 2; record++) {
      List<Messages.Record.Builder> parts = new ArrayList<>();
      for (int i = 0; i < 150; i++) {
        boolean broken = record == 1 && i % 10 == 5;
        String id = "c" + record + "-" + i;
        parts.add(broken ? Messages.Record.newBuilder() : part(id));
        expected.add(
            "shard 0 "
                + (1_000 + record)
                + ":"
                + i
                + (broken ? " rejected not valid JSON" : " " + id + " on time"));
      }
      FakeKinesis.putMessage(stream, SHARD_0, aggregate(parts).toByteArray(), T);
    }
    StreamExecutionEnvironment environment = environment(1);
    environment.enableCheckpointing(50);

    List<String> lines =
        ClickJobs.source(environment, stream)
            .map(new FailAfterACheckpoint())
            .returns(Types.STRING)
            .executeAndCollect(300);

    assertThat(lines).containsExactlyElementsOf(expected);
    assertThat(FailAfterACheckpoint.hasFailed()).isTrue();
  }

  private static Messages.AggregatedRecord aggregate(List<Messages.Record.Builder> parts) {
    Messages.AggregatedRecord.Builder message =
        Messages.AggregatedRecord.newBuilder().addPartitionKeyTable("key");
    parts.forEach(part -> message.addRecords(part.buildPartial()));
    return message.buildPartial();
  }

  private static Messages.Record.Builder part(String clickId) {
    return Messages.Record.newBuilder()
        .setPartitionKeyIndex(0)
        .setData(ByteString.copyFrom(click(clickId, T).getBytes(StandardCharsets.UTF_8)));
  }

  private List<String> read(int records) throws Exception {
    return ClickJobs.source(environment(1), stream)
        .map(ClickJobs::describe)
        .returns(Types.STRING)
        .executeAndCollect(records);
  }

  private void put(String clickId, long eventTime) {
    ClickJobs.put(stream, SHARD_0, clickId, eventTime);
  }
}
