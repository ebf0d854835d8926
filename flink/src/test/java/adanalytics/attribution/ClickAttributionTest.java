package adanalytics.attribution;

import static adanalytics.attribution.OperatorHarness.WINDOW;
import static adanalytics.event.TestEvents.impression;
import static adanalytics.event.TestEvents.record;
import static org.assertj.core.api.Assertions.assertThat;

import adanalytics.event.Click;
import adanalytics.event.Impression;
import adanalytics.event.InputRecord;
import adanalytics.event.LateEvent;
import adanalytics.event.TestEvents;
import adanalytics.state.Timers;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClickAttributionTest {
  private static final long T = 1_000_000;

  /** An impression is removed within this time after its attribution window. */
  private static final long PERIOD = WINDOW / 60;

  private KeyedTwoInputStreamOperatorTestHarness<String, InputRecord<Impression>, Click, Impression>
      operator;

  @BeforeEach
  void open() throws Exception {
    operator = OperatorHarness.attribution(null);
  }

  @AfterEach
  void close() throws Exception {
    operator.close();
  }

  @Test
  void emitsAnImpressionAtOnce() throws Exception {
    show("i", T);

    assertThat(acceptedTimes()).containsExactly(T);
  }

  @Test
  void attributesAClickOnceTheWatermarkReachesIt() throws Exception {
    show("i", T);
    click("c", T + 2_000);
    watermark(T + 1_999);
    assertThat(attributed()).isEmpty();

    watermark(T + 2_000);
    assertThat(attributed()).containsExactly("c@" + T + "[]");
    assertThat(unattributed()).isEmpty();
  }

  @Test
  void findsTheImpressionThatArrivesAfterItsClick() throws Exception {
    click("c", T + 2_000);
    show("i", T);
    watermark(T + 2_000);

    assertThat(attributed()).containsExactly("c@" + T + "[]");
  }

  @Test
  void aClickAtTheTimeOfItsImpressionIsAttributedAndTooFast() throws Exception {
    click("c", T);
    show("i", T);
    watermark(T);

    assertThat(attributed()).containsExactly("c@" + T + "[too_fast_click]");
  }

  @Test
  void aClickAtTheEndOfTheWindowIsAttributed() throws Exception {
    show("i", T);
    click("c", T + WINDOW);
    watermark(T + WINDOW);

    assertThat(attributed()).containsExactly("c@" + T + "[]");
  }

  @Test
  void aClickAfterTheWindowIsNotAttributed() throws Exception {
    show("i", T);
    click("c", T + WINDOW + 1);
    watermark(T + WINDOW + 1);

    assertThat(attributed()).isEmpty();
    assertThat(unattributed()).containsExactly("c");
  }

  @Test
  void aClickBeforeItsImpressionIsNotAttributed() throws Exception {
    show("i", T);
    click("c", T - 1);
    watermark(T);

    assertThat(unattributed()).containsExactly("c");
  }

  @Test
  void aClickOnAnotherImpressionIsNotAttributed() throws Exception {
    show("other", T);
    click("c", T);
    watermark(T);

    assertThat(unattributed()).containsExactly("c");
  }

  @Test
  void theDuplicateClickIsTheLaterOneInTimeNotInArrival() throws Exception {
    show("i", T);
    click("third", T + 3_000);
    click("second", T + 2_000);
    click("first", T + 1_000);
    watermark(T + 10_000);

    assertThat(attributed())
        .containsExactly(
            "first@" + T + "[]",
            "second@" + T + "[duplicate_click]",
            "third@" + T + "[duplicate_click]");
  }

  /** In UTF-16, as in Java's strings, the order of these two is the opposite. */
  @Test
  void idsAreComparedInUtf8() throws Exception {
    show("i", T);
    click("\uD83D\uDE00", T + 1_000);
    click("\uFF21", T + 1_000);
    watermark(T + 1_000);

    assertThat(attributed())
        .containsExactly("\uFF21@" + T + "[]", "\uD83D\uDE00@" + T + "[duplicate_click]");
  }

  @Test
  void theGreaterIdIsTheDuplicateOfTwoClicksAtOneTime() throws Exception {
    show("i", T);
    click("b", T + 1_000);
    click("a", T + 1_000);
    watermark(T + 1_000);

    assertThat(attributed()).containsExactly("a@" + T + "[]", "b@" + T + "[duplicate_click]");
  }

  @Test
  void aClickLongAfterTheFirstIsAlsoADuplicate() throws Exception {
    show("i", T);
    click("a", T + 1_000);
    watermark(T + 100_000);
    click("b", T + 200_000);
    watermark(T + 200_000);

    assertThat(attributed()).containsExactly("a@" + T + "[]", "b@" + T + "[duplicate_click]");
  }

  @Test
  void namesEveryReason() throws Exception {
    Impression pixel = impression("i", T);
    pixel.width = 1;
    pixel.height = 1;
    operator.processElement1(record(pixel), T);
    click("a", T + 499);
    click("b", T + 499);
    Click crawled = TestEvents.click("c", "i", T + 500);
    crawled.knownBot = true;
    operator.processElement2(crawled, T + 500);
    watermark(T + 500);

    assertThat(attributed())
        .containsExactly(
            "a@" + T + "[too_fast_click, invalid_placement]",
            "b@" + T + "[duplicate_click, too_fast_click, invalid_placement]",
            "c@" + T + "[duplicate_click, invalid_placement, known_bot]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"duplicate_click", "too_fast_click", "invalid_placement", "known_bot"})
  void aReasonThatIsSwitchedOffIsLeftOut(String off) {
    ImpressionState impression = new ImpressionState();
    impression.eventTime = T;
    impression.attributedClicks = 1;
    impression.invalidPlacement = true;
    Click click = TestEvents.click("c", "i", T);
    click.knownBot = true;
    Set<String> enabled = new HashSet<>(ClickValidity.REASONS);
    enabled.remove(off);

    assertThat(new ClickValidity(500).invalidReasons(click, impression))
        .isEqualTo(ClickValidity.REASONS);
    assertThat(new ClickValidity(500, enabled).invalidReasons(click, impression))
        .hasSize(3)
        .doesNotContain(off)
        .isSubsetOf(ClickValidity.REASONS);
  }

  @Test
  void countsARepeatedImpressionOnce() throws Exception {
    show("i", T);
    show("i", T);
    show("i", T - 4_000);
    show("i", T + WINDOW);

    assertThat(acceptedTimes()).containsExactly(T);
  }

  @Test
  void theFirstArrivalCounts() throws Exception {
    show("i", T);
    show("i", T - 4_000);
    click("c", T - 1_000);
    watermark(T);

    assertThat(unattributed()).containsExactly("c");
  }

  @Test
  void anIdUsedAgainAfterItsWindowIsANewImpression() throws Exception {
    long again = T + WINDOW + 1;
    show("i", T);
    show("i", again);
    click("second", again + 1_000);
    click("first", T + WINDOW);
    watermark(again + 1_000);

    assertThat(acceptedTimes()).containsExactly(T, again);
    assertThat(attributed()).containsExactly("first@" + T + "[]", "second@" + again + "[]");
  }

  @Test
  void duplicatesAreStillKnownJustBeforeTheyWouldBeLate() throws Exception {
    show("i", T);
    watermark(T + WINDOW - 1);
    show("i", T + WINDOW);

    assertThat(acceptedTimes()).containsExactly(T);
    assertThat(late()).isEmpty();
  }

  @Test
  void anImpressionAtOrBehindTheWatermarkIsLate() throws Exception {
    watermark(T);
    show("i", T);
    show("j", T + 1);
    click("c", T + 1_000);
    watermark(T + 1_000);

    assertThat(acceptedTimes()).containsExactly(T + 1);
    assertThat(unattributed()).containsExactly("c");
    LateEvent late = late().get(0);
    assertThat(late.source).isEqualTo("impression");
    assertThat(late.eventId).isEqualTo("i");
    assertThat(late.eventTime).isEqualTo(T);
    assertThat(late.latenessMs).isEqualTo(OperatorHarness.OUT_OF_ORDERNESS + 1);
    assertThat(late.position.shardId).isEqualTo("shardId-000000000000");
  }

  @Test
  void anImpressionThatIsLateInItsShardKeepsItsLateness() throws Exception {
    InputRecord<Impression> record = record(impression("i", T));
    record.latenessMs = 7_000;
    operator.processElement1(record, T);

    assertThat(acceptedTimes()).isEmpty();
    assertThat(late()).extracting(event -> event.latenessMs).containsExactly(7_000L);
  }

  /** So the settled figures do not need its state when its window closes. */
  @Test
  void anImpressionIsCountedWhenItIsAccepted() throws Exception {
    show("i", T);
    click("a", T + 1_000);
    watermark(T + 2 * WINDOW);

    assertThat(OperatorHarness.side(operator, ClickAttribution.ATTRIBUTED))
        .extracting(click -> click.impression.isCounted)
        .containsExactly(true);
    assertThat(OperatorHarness.side(operator, ClickAttribution.SETTLED)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void anIdUsedAgainOutlivesTheGroupOfItsFirstUse(boolean withRestart) throws Exception {
    // Used again before the group of the first use expires.
    long again = T + WINDOW + 1;
    show("i", T);
    watermark(again - 1);
    show("i", again);
    if (withRestart) {
      restart();
    }
    watermark(T + WINDOW + PERIOD);
    assertThat(OperatorHarness.keysHeld(operator, "impression-id")).isOne();
    click("c", again + WINDOW);
    watermark(again + WINDOW);
    assertThat(attributed()).containsExactly("c@" + again + "[]");

    watermark(again + WINDOW + PERIOD);
    assertThat(OperatorHarness.keysOfAttribution(operator)).isZero();
  }

  @Test
  void anIdUsedManyTimesKeepsEachUseForItsWindow() throws Exception {
    for (int use = 0; use < 5; use++) {
      show("i", T + use * (WINDOW + 1));
      click("c" + use, T + use * (WINDOW + 1) + WINDOW);
      restart();
    }
    watermark(T + 5 * (WINDOW + 1));

    assertThat(attributed()).hasSize(5);
    watermark(T + 5 * (WINDOW + 1) + PERIOD);
    assertThat(OperatorHarness.keysOfAttribution(operator)).isZero();
  }

  @Test
  void removesStateThatIsNoLongerNeeded() throws Exception {
    show("i", T);
    click("c", T + 1_000);
    click("stray", "k", T + 2_000);
    watermark(T + 2_000);
    assertThat(OperatorHarness.keysHeld(operator, "impression-id")).isOne();

    watermark(T + WINDOW + PERIOD);
    assertThat(OperatorHarness.keysOfAttribution(operator)).isZero();
    assertThat(Timers.of(operator)).isZero();
  }

  /** An ad server left a macro in its links: very many clicks have one impression_id. */
  @Test
  void resolvesVeryManyClicksOfOneImpressionInTheOrderOfTimeAndId() throws Exception {
    int clicks = 5_000;
    show("%%IMPRESSION_ID%%", T);
    for (int i = 0; i < clicks; i++) {
      // A fifth of them in one millisecond.
      click(String.format("c%05d", i), "%%IMPRESSION_ID%%", i % 5 == 0 ? T + 1_000 : T + 1_000 + i);
    }
    restart();
    watermark(T + 10_000);

    List<String> attributed = attributed();
    assertThat(attributed).hasSize(clicks);
    assertThat(attributed.get(0)).isEqualTo("c00000@" + T + "[]");
    assertThat(attributed.get(clicks / 5)).isEqualTo("c00001@" + T + "[duplicate_click]");
    assertThat(OperatorHarness.keysHeld(operator, PendingClickStore.STATE)).isZero();
  }

  private void restart() throws Exception {
    OperatorSubtaskState snapshot = operator.snapshot(1, 1);
    operator.close();
    operator = OperatorHarness.attribution(snapshot);
  }

  @Test
  void continuesFromACheckpoint() throws Exception {
    show("i", T);
    click("a", T + 1_000);
    watermark(T + 1_000);
    click("b", T + 2_000);
    click("d", "later", T + 2_000);
    OperatorSubtaskState snapshot = operator.snapshot(1, 1);
    operator.close();
    operator = OperatorHarness.attribution(snapshot);

    show("i", T + 3_000);
    show("later", T + 1_500);
    watermark(T + 2_000);

    assertThat(attributed())
        .containsExactlyInAnyOrder("b@" + T + "[duplicate_click]", "d@" + (T + 1_500) + "[]");
    assertThat(acceptedTimes()).containsExactly(T + 1_500);
  }

  private void show(String impressionId, long time) throws Exception {
    operator.processElement1(record(impression(impressionId, time)), time);
  }

  private void click(String clickId, long time) throws Exception {
    click(clickId, "i", time);
  }

  private void click(String clickId, String impressionId, long time) throws Exception {
    operator.processElement2(TestEvents.click(clickId, impressionId, time), time);
  }

  private void watermark(long time) throws Exception {
    operator.processBothWatermarks(new Watermark(time));
  }

  private List<Long> acceptedTimes() {
    return operator.extractOutputValues().stream()
        .map(impression -> impression.eventTime)
        .collect(Collectors.toList());
  }

  private List<String> attributed() {
    return OperatorHarness.side(operator, ClickAttribution.ATTRIBUTED).stream()
        .map(click -> click.click.clickId + "@" + click.impression.eventTime + click.invalidReasons)
        .collect(Collectors.toList());
  }

  private List<String> unattributed() {
    return OperatorHarness.side(operator, ClickAttribution.UNATTRIBUTED).stream()
        .map(click -> click.clickId)
        .collect(Collectors.toList());
  }

  private List<LateEvent> late() {
    return OperatorHarness.side(operator, ClickAttribution.LATE);
  }
}
