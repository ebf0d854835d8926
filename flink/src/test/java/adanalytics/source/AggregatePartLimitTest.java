package adanalytics.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.apache.flink.kinesis.shaded.com.amazonaws.services.kinesis.producer.protobuf.Messages;
import org.apache.flink.kinesis.shaded.com.amazonaws.services.kinesis.producer.protobuf.Messages.AggregatedRecord;
import org.apache.flink.kinesis.shaded.com.google.protobuf.ByteString;
import org.apache.flink.kinesis.shaded.com.google.protobuf.UnknownFieldSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Small objects of an aggregated record: each takes a few bytes, but about 100 bytes of heap. */
class AggregatePartLimitTest {
  private static final int EVENT_BYTES = 124;

  private static final Map<String, BiConsumer<AggregatedRecord.Builder, Integer>> OBJECTS =
      new TreeMap<>(
          Map.of(
              "parts",
              (record, count) ->
                  record.addAllRecords(Collections.nCopies(count - 1, part(0).build())),
              "keys",
              (record, count) -> record.addAllPartitionKeyTable(Collections.nCopies(count, "")),
              "hash keys",
              (record, count) -> record.addAllExplicitHashKeyTable(Collections.nCopies(count, "0")),
              "tags",
              (record, count) ->
                  record
                      .getRecordsBuilder(0)
                      .addAllTags(
                          Collections.nCopies(count, Messages.Tag.newBuilder().setKey("").build())),
              "unknown groups",
              (record, count) ->
                  record.setUnknownFields(
                      unknown(count, field().addGroup(UnknownFieldSet.getDefaultInstance()))),
              "unknown texts of a part",
              (record, count) ->
                  record
                      .getRecordsBuilder(0)
                      .setUnknownFields(
                          unknown(count, field().addLengthDelimited(ByteString.EMPTY))),
              "unknown numbers of a tag",
              (record, count) ->
                  record
                      .getRecordsBuilder(0)
                      .addTags(
                          Messages.Tag.newBuilder()
                              .setKey("")
                              .setUnknownFields(unknown(count - 1, field().addVarint(1))))));

  @ParameterizedTest
  @MethodSource("names")
  void limitsSmallObjects(String objects) {
    assertThat(isExceeded(objects, 16)).isFalse();
    assertThat(isExceeded(objects, 17)).isTrue();
    assertThat(isExceeded(objects, 200_000)).isTrue();
  }

  static Iterable<String> names() {
    return OBJECTS.keySet();
  }

  @Test
  void acceptsEventsWithSeparateKeysAndHashKeys() {
    AggregatedRecord.Builder record = AggregatedRecord.newBuilder();
    for (int i = 0; i < 1_000; i++) {
      record
          .addPartitionKeyTable("user-" + i)
          .addExplicitHashKeyTable("340282366920938463463374607431768211" + i)
          .addRecords(part(EVENT_BYTES).setPartitionKeyIndex(i).setExplicitHashKeyIndex(i));
    }

    assertThat(AggregatePartLimit.isExceeded(record.build().toByteArray())).isFalse();
  }

  private static boolean isExceeded(String objects, int count) {
    AggregatedRecord.Builder record = AggregatedRecord.newBuilder().addRecords(part(1));
    OBJECTS.get(objects).accept(record, count);
    return AggregatePartLimit.isExceeded(record.buildPartial().toByteArray());
  }

  private static Messages.Record.Builder part(int bytes) {
    return Messages.Record.newBuilder()
        .setPartitionKeyIndex(0)
        .setData(ByteString.copyFrom(new byte[bytes]));
  }

  private static UnknownFieldSet.Field.Builder field() {
    return UnknownFieldSet.Field.newBuilder();
  }

  /** Fields with numbers that the messages do not define. */
  private static UnknownFieldSet unknown(int count, UnknownFieldSet.Field.Builder value) {
    UnknownFieldSet.Builder fields = UnknownFieldSet.newBuilder();
    UnknownFieldSet.Field field = value.build();
    for (int i = 0; i < count; i++) {
      fields.mergeField(10 + i, field);
    }
    return fields.build();
  }
}
