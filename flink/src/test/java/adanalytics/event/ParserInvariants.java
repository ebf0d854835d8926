package adanalytics.event;

import static org.assertj.core.api.Assertions.assertThat;

import adanalytics.codec.Codec;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/**
 * Invariants of the parser for any bytes. The checks compare fields without a library, which takes
 * microseconds, because a fuzzer runs them for millions of records.
 *
 * @param <E> impression or click
 */
final class ParserInvariants<E extends AdEvent> {
  private static final long MAX_FUTURE_MILLIS = 60_000;

  /** 2026-11-23T10:00:00.000Z: some events of the fixtures are ahead of it, most are not. */
  private static final long ARRIVAL = 1_795_428_000_000L;

  /** The limit of the parser, in code points. */
  private static final int MAX_REASON_LENGTH = 1_000;

  private static final ObjectMapper JSON =
      new ObjectMapper().setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE);

  private final EventParser<E> parser;
  private final SchemaValidatingParser<E> oracle;
  private final Codec<InputRecord<E>> codec;

  private ParserInvariants(
      EventParser<E> parser, SchemaValidatingParser<E> oracle, Codec<InputRecord<E>> codec) {
    this.parser = parser;
    this.oracle = oracle;
    this.codec = codec;
  }

  static ParserInvariants<Impression> ofImpressions() {
    return new ParserInvariants<>(
        EventParser.ofImpressions(MAX_FUTURE_MILLIS),
        SchemaValidatingParser.ofImpressions(MAX_FUTURE_MILLIS),
        new InputRecordCodec.OfImpression());
  }

  static ParserInvariants<Click> ofClicks() {
    return new ParserInvariants<>(
        EventParser.ofClicks(MAX_FUTURE_MILLIS),
        SchemaValidatingParser.ofClicks(MAX_FUTURE_MILLIS),
        new InputRecordCodec.OfClick());
  }

  /** Fails if these bytes violate an invariant. */
  void check(byte[] data) throws IOException {
    byte[] before = data.clone();
    InputRecord<E> record = parser.parse(data, ARRIVAL);
    assertThat(data).isEqualTo(before);
    agree(record, oracle.parse(data, ARRIVAL));
    if (record.isRejected()) {
      checkRejection(record, data);
    } else {
      agree(parser.parse(JSON.writeValueAsBytes(asSent(record.event)), ARRIVAL), record);
    }
    checkCodec(record);
  }

  private static void checkRejection(InputRecord<?> record, byte[] data) {
    assertThat(record.raw).isSameAs(data);
    String reason = record.rejectReason;
    assertThat(reason).isNotEmpty().doesNotContain("cannot be validated");
    assertThat(reason.codePointCount(0, reason.length())).isLessThanOrEqualTo(MAX_REASON_LENGTH);
    // An unpaired surrogate would be read back as a question mark.
    assertThat(new String(reason.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8))
        .isEqualTo(reason);
  }

  /** The record between two operators. */
  private void checkCodec(InputRecord<E> record) throws IOException {
    record.position = new RecordPosition("stream", "shard", "1:0");
    DataOutputSerializer out = new DataOutputSerializer(512);
    codec.write(record, out);
    DataInputDeserializer in = new DataInputDeserializer(out.getSharedBuffer(), 0, out.length());
    InputRecord<E> read = codec.read(in);
    assertThat(in.available()).isZero();
    if (!record.isRejected()) {
      assertThat(read.event.userAgent).isNull();
      read.event.userAgent = record.event.userAgent;
    }
    assertThat(read.position).usingRecursiveComparison().isEqualTo(record.position);
    read.position = record.position;
    agree(read, record);
  }

  /** The event as a producer sends it. */
  private static ObjectNode asSent(AdEvent event) {
    ObjectNode json = JSON.valueToTree(event);
    return json.put("event_time", EventTime.format(event.eventTime));
  }

  private static void agree(InputRecord<?> found, InputRecord<?> expected) {
    boolean same =
        found.arrivalTime == expected.arrivalTime
            && found.latenessMs == expected.latenessMs
            && Objects.equals(found.rejectReason, expected.rejectReason)
            && Objects.deepEquals(found.raw, expected.raw)
            && sameFields(found.event, expected.event);
    if (!same) {
      // Says what differs.
      assertThat(found).usingRecursiveComparison().isEqualTo(expected);
      throw new AssertionError("The records differ, but AssertJ does not find how");
    }
  }

  private static boolean sameFields(AdEvent found, AdEvent expected) {
    if (found == null || expected == null) {
      return found == expected;
    }
    if (found.getClass() != expected.getClass()) {
      return false;
    }
    try {
      for (Field field : found.getClass().getFields()) {
        if (!Objects.equals(field.get(found), field.get(expected))) {
          return false;
        }
      }
      return true;
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }
}
