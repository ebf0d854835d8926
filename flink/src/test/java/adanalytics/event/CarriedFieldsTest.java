package adanalytics.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;

class CarriedFieldsTest {
  private static final EventSchema SCHEMA = EventSchema.of(EventKind.IMPRESSION);
  private static final CarriedFields FIELDS =
      new CarriedFields(List.of("user_agent", "width"), SCHEMA);

  @Test
  void distinguishesTextsFromIntegers() {
    assertThat(FIELDS.isText(0)).isTrue();
    assertThat(FIELDS.isText(1)).isFalse();
  }

  @Test
  void theParserReadsTextsAndWholeNumbers() {
    assertThat(parse(FIELDS, ",\"user_agent\":\"ü\",\"width\":300.0").carried)
        .containsExactly("ü", "300");
  }

  @Test
  void absentAndNullValuesAreNull() {
    assertThat(parse(FIELDS, ",\"width\":null").carried).containsExactly(null, null);
  }

  @Test
  void withoutFieldsNothingIsAllocated() {
    assertThat(parse(new CarriedFields(List.of(), SCHEMA), "").carried).isNull();
  }

  @Test
  void anEventWithoutThemHasTheBytesOfEarlierReleases() throws Exception {
    DataOutputSerializer out = new DataOutputSerializer(64);
    new ImpressionCodec().write(parse(new CarriedFields(List.of(), SCHEMA), ""), out);

    assertThat(out.getCopyOfBuffer()[0]).isEqualTo((byte) 1);
  }

  @Test
  void stateFromBeforeAFieldWasAddedHasFewerValues() throws Exception {
    DataOutputSerializer out = new DataOutputSerializer(16);
    CarriedFields.write(new String[] {"a"}, out);

    assertThat(CarriedFields.read(new DataInputDeserializer(out.getCopyOfBuffer())))
        .containsExactly("a");
  }

  @Test
  void aFieldThatTheSchemaDoesNotNameIsRefused() {
    assertThatThrownBy(() -> new CarriedFields(List.of("slot"), SCHEMA))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("slot");
  }

  @Test
  void theJarHasAList() {
    assertThat(CarriedFields.ofTheJar().names()).doesNotHaveDuplicates();
  }

  private static Impression parse(CarriedFields fields, String further) {
    String json =
        "{\"impression_id\":\"i\",\"event_time\":\"2026-11-23T10:00:00.000Z\",\"user_id\":\"u\","
            + "\"campaign_id\":\"c\",\"ad_id\":\"a\",\"publisher_id\":\"p\""
            + further
            + "}";
    InputRecord<Impression> record =
        EventParser.ofImpressions(60_000, fields)
            .parse(
                json.getBytes(StandardCharsets.UTF_8), EventTime.parse("2026-11-23T10:00:00.000Z"));
    assertThat(record.rejectReason).isNull();
    return record.event;
  }
}
