package adanalytics.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Tests with the fixtures of libs/event-schemas, which are also used by the TypeScript tests. */
class EventParserTest {
  private static final long MAX_FUTURE = 60_000;

  /** After every time in the fixtures, so that none is in the future. */
  private static final long FAR_ARRIVAL = EventTime.parse("9999-12-31T23:59:59.999Z");

  private final EventParser<Impression> impressions = EventParser.ofImpressions(MAX_FUTURE);
  private final EventParser<Click> clicks = EventParser.ofClicks(MAX_FUTURE);

  @TestFactory
  List<DynamicTest> acceptsValidFixtures() throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    for (EventKind kind : EventKind.values()) {
      for (JsonNode fixture : Fixtures.read(kind, "valid")) {
        JsonNode json = fixture.get("event");
        tests.add(
            DynamicTest.dynamicTest(
                kind.label() + ": " + fixture.get("name").textValue(),
                () -> {
                  byte[] raw = Fixtures.bytesOf(fixture);

                  InputRecord<?> record = parser(kind).parse(raw, FAR_ARRIVAL);

                  assertThat(record.rejectReason).isNull();
                  assertFieldsMatch(record.event, json);
                }));
      }
    }
    return tests;
  }

  @TestFactory
  List<DynamicTest> rejectsInvalidFixturesAndNamesTheField() throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    for (EventKind kind : EventKind.values()) {
      for (JsonNode fixture : Fixtures.read(kind, "invalid")) {
        byte[] raw = Fixtures.bytesOf(fixture);
        String field = fixture.get("field").textValue();
        tests.add(
            DynamicTest.dynamicTest(
                kind.label() + ": " + fixture.get("name").textValue(),
                () -> {
                  InputRecord<?> record = parser(kind).parse(raw, FAR_ARRIVAL);

                  assertThat(record.isRejected()).isTrue();
                  assertThat(record.rejectReason)
                      .contains(field.equals("JSON") ? "not valid JSON" : field + ": ");
                  assertThat(record.raw).isEqualTo(raw);
                }));
      }
    }
    return tests;
  }

  @Test
  void rejectsATimeTooFarAfterItsArrival() {
    long arrival = EventTime.parse("2026-11-23T10:00:00.000Z");

    assertThat(parseClickAt("2026-11-23T10:01:00.000Z", arrival).isRejected()).isFalse();
    assertThat(parseClickAt("2026-11-23T10:01:00.001Z", arrival).rejectReason)
        .isEqualTo(
            "event_time: 2026-11-23T10:01:00.001Z is more than 60 s after the record's arrival at"
                + " 2026-11-23T10:00:00.000Z");
  }

  @Test
  void namesAtMostFiveProblems() {
    String reason = clicks.parse("{}".getBytes(StandardCharsets.UTF_8), FAR_ARRIVAL).rejectReason;

    assertThat(reason.split("; ")).hasSize(6).endsWith("and more");
  }

  @Test
  void survivesDeepNestingAndLongNumbers() {
    String deep = "[".repeat(100_000);
    String longNumber = "{\"x\":" + "9".repeat(100_000) + "}";

    assertThat(clicks.parse(deep.getBytes(StandardCharsets.UTF_8), 0).isRejected()).isTrue();
    assertThat(clicks.parse(longNumber.getBytes(StandardCharsets.UTF_8), 0).isRejected()).isTrue();
  }

  @Test
  void aReasonNamesTheByteThatIsNotUtf8() {
    byte[] cut = "{\"a\":\"".getBytes(StandardCharsets.UTF_8);
    byte[] raw = Arrays.copyOf(cut, cut.length + 1);
    raw[cut.length] = (byte) 0xC3;

    assertThat(clicks.parse(raw, FAR_ARRIVAL).rejectReason)
        .isEqualTo("not valid JSON: the record is not UTF-8 at byte 6");
  }

  /** A result has a size limit, so it must not contain texts of megabytes. */
  @Test
  void aReasonIsShortWhateverTheRecordHolds() {
    String huge = "x".repeat(1_000_000);
    for (String value : List.of("\"" + huge + "\"", huge, "9".repeat(1_000_000), "{\"" + huge)) {
      for (String name : List.of("click_id", "event_time", "country", "ip", "device_type", huge)) {
        String json = "{\"" + name + "\":" + value + "}";

        String reason = clicks.parse(json.getBytes(StandardCharsets.UTF_8), 0).rejectReason;

        assertThat(reason.length()).as(name.substring(0, 2)).isLessThan(2_000);
      }
    }
  }

  /** A reason becomes part of a result, which is written as UTF-8. */
  @Property
  void aReasonIsWellFormedWhateverTextIsNotJson(@ForAll String text) {
    for (String json : List.of(text, "{" + text, "{\"a\":" + text, "{\"a\":1" + text, "[" + text)) {
      String reason = clicks.parse(json.getBytes(StandardCharsets.UTF_8), 0).rejectReason;

      assertThat(StandardCharsets.UTF_8.newEncoder().canEncode(reason)).as(reason).isTrue();
    }
  }

  @Example
  void aReasonQuotesNoHalfOfAnEmoji() {
    String reason =
        clicks.parse("{\"a\":\uD83D\uDE00}".getBytes(StandardCharsets.UTF_8), 0).rejectReason;

    assertThat(reason).contains("\uFFFD").startsWith("not valid JSON: Unexpected character");
  }

  @Property
  void acceptsTheSameUtf8AsTheStrictJavaDecoder(@ForAll byte[] bytes) {
    boolean wellFormed = true;
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
    } catch (CharacterCodingException e) {
      wellFormed = false;
    }

    String reason = clicks.parse(bytes, 0).rejectReason;

    assertThat(reason).isNotNull();
    assertThat(reason.contains("not UTF-8")).isEqualTo(!wellFormed);
  }

  private InputRecord<Click> parseClickAt(String eventTime, long arrival) {
    String json =
        "{\"click_id\":\"c\",\"impression_id\":\"i\",\"event_time\":\""
            + eventTime
            + "\",\"user_id\":\"u\",\"campaign_id\":\"k\",\"ad_id\":\"a\",\"publisher_id\":\"p\"}";
    return clicks.parse(json.getBytes(StandardCharsets.UTF_8), arrival);
  }

  private EventParser<?> parser(EventKind kind) {
    return kind == EventKind.IMPRESSION ? impressions : clicks;
  }

  private static void assertFieldsMatch(AdEvent event, JsonNode json) {
    assertThat(event.id())
        .isEqualTo(json.get(event instanceof Click ? "click_id" : "impression_id").textValue());
    assertThat(event.impressionId).isEqualTo(json.get("impression_id").textValue());
    assertThat(EventTime.format(event.eventTime)).isEqualTo(json.get("event_time").textValue());
    assertThat(event.userId).isEqualTo(json.get("user_id").textValue());
    assertThat(event.campaignId).isEqualTo(json.get("campaign_id").textValue());
    assertThat(event.adId).isEqualTo(json.get("ad_id").textValue());
    assertThat(event.publisherId).isEqualTo(json.get("publisher_id").textValue());
    assertThat(event.deviceType).isEqualTo(json.path("device_type").textValue());
    assertThat(event.country).isEqualTo(json.path("country").textValue());
    assertThat(event.ip).isEqualTo(json.path("ip").textValue());
    assertThat(event.userAgent).isEqualTo(json.path("user_agent").textValue());
    if (event instanceof Impression) {
      Impression impression = (Impression) event;
      assertThat(impression.costMicros).isEqualTo(whole(json, "cost_micros"));
      assertThat(impression.width).isEqualTo(pixels(json, "width"));
      assertThat(impression.height).isEqualTo(pixels(json, "height"));
    }
  }

  private static Long whole(JsonNode json, String field) {
    return json.path(field).isNumber() ? json.get(field).longValue() : null;
  }

  /** No screen is that large: a value that does not fit into an INT becomes its greatest value. */
  private static Integer pixels(JsonNode json, String field) {
    Long value = whole(json, field);
    return value == null ? null : (int) Math.min(value, Integer.MAX_VALUE);
  }
}
