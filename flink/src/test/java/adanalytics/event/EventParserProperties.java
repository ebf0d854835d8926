package adanalytics.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.statistics.Statistics;

/**
 * The streaming parser agrees with the schema validator for any bytes: both return the same event,
 * or the same reason.
 */
class EventParserProperties {
  private static final long MAX_FUTURE = 60_000;

  /** Records per try; the overhead of a try is greater than the cost of a record. */
  private static final int RECORDS = 10;

  private final EventParser<Impression> impressions = EventParser.ofImpressions(MAX_FUTURE);
  private final EventParser<Click> clicks = EventParser.ofClicks(MAX_FUTURE);
  private final SchemaValidatingParser<Impression> impressionOracle =
      SchemaValidatingParser.ofImpressions(MAX_FUTURE);
  private final SchemaValidatingParser<Click> clickOracle =
      SchemaValidatingParser.ofClicks(MAX_FUTURE);

  private static final int SHORT = 2_000;

  private static final List<List<byte[]>> SHORT_FIXTURES =
      List.of(shortFixtures(EventKind.IMPRESSION), shortFixtures(EventKind.CLICK));

  private int accepted;

  @Example
  void agreesOnEveryFixture() throws IOException {
    for (EventKind kind : EventKind.values()) {
      for (byte[] data : Fixtures.allBytes(kind)) {
        agrees(data, 253_402_300_799_999L);
      }
    }
    assertThat(accepted).isGreaterThan(400);
  }

  @Example
  void agreesOnTheFirstWrongDigitOfAnEscape() {
    for (String digits : List.of("0 f\uD831\uDD61", "00\u0131 ", "\uFF10", "012", "0\\\\\u0131")) {
      agrees(("{\"user_agent\":\"\\u" + digits + "\"}").getBytes(StandardCharsets.UTF_8), 0);
    }
  }

  @Property(tries = 400)
  void agreesOnMutatedFixtures(@ForAll Random random) {
    WildRecords records = new WildRecords(random);
    List<byte[]> fixtures = SHORT_FIXTURES.get(random.nextInt(2));
    for (int i = 0; i < RECORDS; i++) {
      agrees(records.mutated(fixtures), records.arrivalTime());
    }
  }

  @Property(tries = 400)
  void agreesOnWildValues(@ForAll Random random) {
    WildRecords records = new WildRecords(random);
    int before = accepted;
    for (int i = 0; i < RECORDS; i++) {
      agrees(records.wild(), records.arrivalTime());
    }
    // The property is weak if no record is nearly valid.
    Statistics.collect(accepted > before);
    Statistics.coverage(coverage -> coverage.check(true).percentage(share -> share > 10));
  }

  @Property(tries = 400)
  void agreesOnNoise(@ForAll Random random) {
    WildRecords records = new WildRecords(random);
    for (int i = 0; i < RECORDS; i++) {
      agrees(records.noise(), records.arrivalTime());
    }
  }

  private static List<byte[]> shortFixtures(EventKind kind) {
    try {
      return Fixtures.allBytes(kind).stream()
          .filter(data -> data.length > 0 && data.length < SHORT)
          .collect(Collectors.toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Both parsers read every record, so that each also reads the fields of the other kind. */
  private void agrees(byte[] data, long arrivalTime) {
    agrees(data, impressions.parse(data, arrivalTime), impressionOracle.parse(data, arrivalTime));
    agrees(data, clicks.parse(data, arrivalTime), clickOracle.parse(data, arrivalTime));
  }

  private void agrees(byte[] data, InputRecord<?> found, InputRecord<?> expected) {
    if (!found.isRejected()) {
      accepted++;
    }
    assertThat(found)
        .as(
            () ->
                new String(data, StandardCharsets.UTF_8)
                    + "\nin base64: "
                    + Base64.getEncoder().encodeToString(data))
        .usingRecursiveComparison()
        .isEqualTo(expected);
  }
}
