package adanalytics.attribution;

import static org.assertj.core.api.Assertions.assertThat;

import adanalytics.event.Click;
import adanalytics.event.Impression;
import adanalytics.event.InputRecord;
import adanalytics.event.TestEvents;
import adanalytics.state.Snapshots;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The current operators continue from the snapshots of earlier releases without a difference in the
 * output.
 */
class AttributionSnapshotTest {
  private static final String ATTRIBUTION = "attribution";
  private static final String DEDUPLICATION = "click-deduplication";
  private static final String ID = "ü🙂:";

  static Stream<String> releases() {
    return Stream.of(Snapshots.RELEASES);
  }

  @ParameterizedTest
  @MethodSource("releases")
  void attributionContinuesFromTheSnapshot(String release) throws Exception {
    List<String> uninterrupted = attributeAfter(attributionSnapshot());

    assertThat(uninterrupted).anyMatch(line -> line.startsWith("attributed"));
    assertThat(attributeAfter(Snapshots.read(release, ATTRIBUTION))).isEqualTo(uninterrupted);
  }

  /** Release 0.1.0 counted an impression when its window had closed, not when it was accepted. */
  @Test
  void settlesTheImpressionsOfTheFirstRelease() throws Exception {
    assertThat(settledAfter(Snapshots.read("0.1.0", ATTRIBUTION)))
        .containsExactly("10000 with 3/0 for 1500", "11000 with 0/0 for null");
    assertThat(settledAfter(attributionSnapshot())).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("releases")
  void deduplicationContinuesFromTheSnapshot(String release) throws Exception {
    List<String> uninterrupted = deduplicateAfter(deduplicationSnapshot());

    assertThat(uninterrupted).containsExactly("click " + ID + "new");
    assertThat(deduplicateAfter(Snapshots.read(release, DEDUPLICATION))).isEqualTo(uninterrupted);
  }

  @Test
  @EnabledIfSystemProperty(
      named = Snapshots.WRITE,
      matches = ".+",
      disabledReason = "Writes the snapshots of a release, when one is made")
  void writesTheSnapshots() throws Exception {
    Snapshots.write(attributionSnapshot(), ATTRIBUTION);
    Snapshots.write(deduplicationSnapshot(), DEDUPLICATION);
  }

  /** An impression with a click that is resolved, one that is not yet, and an orphan. */
  private static OperatorSubtaskState attributionSnapshot() throws Exception {
    try (KeyedTwoInputStreamOperatorTestHarness<String, InputRecord<Impression>, Click, Impression>
        operator = OperatorHarness.attribution(null)) {
      Impression impression = TestEvents.impression(ID, 10_000);
      impression.costMicros = 1_500L;
      impression.country = "DE";
      impression.width = 1;
      impression.height = 1;
      operator.processElement1(new StreamRecord<>(TestEvents.record(impression)));
      operator.processElement1(
          new StreamRecord<>(TestEvents.record(TestEvents.impression(ID + "unseen", 11_000))));
      operator.processElement2(new StreamRecord<>(TestEvents.click("k1", ID, 12_000)));
      advance(operator, 13_000);
      Click pending = TestEvents.click(ID + "k2", ID, 20_000);
      pending.ip = "2001:db8::1";
      pending.knownBot = true;
      operator.processElement2(new StreamRecord<>(pending));
      operator.processElement2(new StreamRecord<>(TestEvents.click("k3", ID + "none", 20_000)));
      return operator.snapshot(1, 1);
    }
  }

  private static List<String> attributeAfter(OperatorSubtaskState snapshot) throws Exception {
    try (KeyedTwoInputStreamOperatorTestHarness<String, InputRecord<Impression>, Click, Impression>
        operator = OperatorHarness.attribution(snapshot)) {
      goOn(operator);
      Outcome outcome = new Outcome();
      operator.extractOutputValues().forEach(outcome::accepted);
      OperatorHarness.side(operator, ClickAttribution.ATTRIBUTED).forEach(outcome::attributed);
      OperatorHarness.side(operator, ClickAttribution.UNATTRIBUTED).forEach(outcome::unattributed);
      assertThat(OperatorHarness.keysOfAttribution(operator)).isZero();
      return outcome.lines;
    }
  }

  private static List<String> settledAfter(OperatorSubtaskState snapshot) throws Exception {
    try (KeyedTwoInputStreamOperatorTestHarness<String, InputRecord<Impression>, Click, Impression>
        operator = OperatorHarness.attribution(snapshot)) {
      goOn(operator);
      List<String> lines = new ArrayList<>();
      for (SettledImpression settled : OperatorHarness.side(operator, ClickAttribution.SETTLED)) {
        ImpressionState impression = settled.impression;
        assertThat(settled.settledTime).isEqualTo(impression.eventTime + OperatorHarness.WINDOW);
        lines.add(
            impression.eventTime
                + " with "
                + impression.attributedClicks
                + "/"
                + impression.validClicks
                + " for "
                + impression.costMicros);
      }
      return lines;
    }
  }

  /** Sends a duplicate of the impression, another click on it, and the last watermark. */
  private static void goOn(
      KeyedTwoInputStreamOperatorTestHarness<String, InputRecord<Impression>, Click, Impression>
          operator)
      throws Exception {
    operator.processElement1(
        new StreamRecord<>(TestEvents.record(TestEvents.impression(ID, 30_000))));
    operator.processElement2(new StreamRecord<>(TestEvents.click("k4", ID, 30_000)));
    advance(operator, Long.MAX_VALUE);
  }

  private static OperatorSubtaskState deduplicationSnapshot() throws Exception {
    try (KeyedTwoInputStreamOperatorTestHarness<
            String, InputRecord<Impression>, InputRecord<Click>, Click>
        operator = OperatorHarness.deduplication(null)) {
      operator.processElement2(
          new StreamRecord<>(TestEvents.record(TestEvents.click(ID + "seen", ID, 10_000))));
      advance(operator, 11_000);
      return operator.snapshot(1, 1);
    }
  }

  private static List<String> deduplicateAfter(OperatorSubtaskState snapshot) throws Exception {
    try (KeyedTwoInputStreamOperatorTestHarness<
            String, InputRecord<Impression>, InputRecord<Click>, Click>
        operator = OperatorHarness.deduplication(snapshot)) {
      for (String id : List.of("seen", "new")) {
        operator.processElement2(
            new StreamRecord<>(TestEvents.record(TestEvents.click(ID + id, ID, 12_000))));
      }
      advance(operator, Long.MAX_VALUE);
      List<String> clicks = new ArrayList<>();
      operator.extractOutputValues().forEach(click -> clicks.add("click " + click.clickId));
      return clicks;
    }
  }

  private static void advance(KeyedTwoInputStreamOperatorTestHarness<?, ?, ?, ?> operator, long to)
      throws Exception {
    operator.processWatermark1(new Watermark(to));
    operator.processWatermark2(new Watermark(to));
  }
}
