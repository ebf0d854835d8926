package adanalytics.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Reasons without values are made of names that the job knows. */
class RejectReasonProperties {
  private static final Set<String> NAMES = new HashSet<>(List.of("record", "not valid JSON"));

  static {
    for (EventKind kind : EventKind.values()) {
      NAMES.addAll(EventSchema.of(kind).names());
    }
  }

  private final RejectReason reasons = new RejectReason();

  @Property
  void nothingElseIsLeftOfAnyText(@ForAll("reason") String reason) {
    assertThat(NAMES).contains(reasons.withoutValues(reason).split("; "));
  }

  @Provide
  Arbitrary<String> reason() {
    Arbitrary<String> part =
        Arbitraries.oneOf(
            Arbitraries.strings(),
            Arbitraries.of("; ", ": ", "user_id", "ip", "not valid JSON: ", "record", "'u1'"));
    return part.list().ofMaxSize(8).map(parts -> String.join("", parts));
  }

  @Example
  void nothingElseIsLeftOfTheReasonsOfTheFixtures() throws IOException {
    int rejected = 0;
    for (EventKind kind : EventKind.values()) {
      EventParser<?> parser =
          kind == EventKind.CLICK ? EventParser.ofClicks(0) : EventParser.ofImpressions(0);
      for (byte[] data : Fixtures.allBytes(kind)) {
        String reason = parser.parse(data, 253_402_300_799_999L).rejectReason;
        if (reason != null) {
          rejected++;
          assertThat(NAMES).contains(reasons.withoutValues(reason).split("; "));
        }
      }
    }
    assertThat(rejected).isGreaterThan(100);
  }

  @Example
  void theFieldsAreNamed() {
    String others =
        "\"click_id\":\"c\",\"impression_id\":\"i\",\"campaign_id\":\"c\",\"ad_id\":\"a\",\"publisher_id\":\"p\"";
    assertThat(withoutValues("{\"user_id\":7,\"event_time\":\"u1\"," + others + "}"))
        .isEqualTo("event_time; user_id");
    assertThat(withoutValues("u1@example.org")).isEqualTo("not valid JSON");
    assertThat(withoutValues("[\"u1\"]")).isEqualTo("record");
  }

  private String withoutValues(String record) {
    byte[] data = record.getBytes(StandardCharsets.UTF_8);
    return reasons.withoutValues(EventParser.ofClicks(0).parse(data, 0).rejectReason);
  }
}
