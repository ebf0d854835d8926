package adanalytics.attribution;

import static adanalytics.attribution.OperatorHarness.WINDOW;
import static adanalytics.event.TestEvents.click;
import static adanalytics.event.TestEvents.record;
import static org.assertj.core.api.Assertions.assertThat;

import adanalytics.event.Click;
import adanalytics.event.Impression;
import adanalytics.event.InputRecord;
import adanalytics.event.LateEvent;
import adanalytics.state.TimerGroups;
import adanalytics.state.Timers;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ClickDeduplicatorTest {
  private static final long T = 1_000_000;

  private KeyedTwoInputStreamOperatorTestHarness<
          String, InputRecord<Impression>, InputRecord<Click>, Click>
      operator;

  @BeforeEach
  void open() throws Exception {
    operator = OperatorHarness.deduplication(null);
  }

  @AfterEach
  void close() throws Exception {
    operator.close();
  }

  @Test
  void emitsTheFirstArrival() throws Exception {
    send("c", T);
    send("c", T);
    send("c", T - 4_000);
    send("c", T + WINDOW);
    send("d", T);

    assertThat(accepted()).containsExactly("c@" + T, "d@" + T);
  }

  @Test
  void anIdUsedAgainAfterTheWindowIsANewClick() throws Exception {
    send("c", T);
    send("c", T + WINDOW + 1);
    send("c", T + WINDOW + 2);
    watermark(T + WINDOW);
    send("c", T + WINDOW + 3);

    assertThat(accepted()).containsExactly("c@" + T, "c@" + (T + WINDOW + 1));
  }

  @Test
  void aLateClickIsNotStoredAsTheFirst() throws Exception {
    watermark(T);
    send("c", T);
    send("c", T + 1);

    assertThat(accepted()).containsExactly("c@" + (T + 1));
    LateEvent late = OperatorHarness.side(operator, ClickDeduplicator.LATE).get(0);
    assertThat(late.source).isEqualTo("click");
    assertThat(late.eventId).isEqualTo("c");
    assertThat(late.latenessMs).isEqualTo(OperatorHarness.OUT_OF_ORDERNESS + 1);
  }

  @Test
  void aClickThatIsLateInItsShardIsNotRemembered() throws Exception {
    InputRecord<Click> late = record(click("c", "i", T));
    late.latenessMs = 6_000;
    operator.processElement2(late, T);
    send("c", T);

    assertThat(accepted()).containsExactly("c@" + T);
    assertThat(OperatorHarness.side(operator, ClickDeduplicator.LATE))
        .extracting(event -> event.latenessMs)
        .containsExactly(6_000L);
  }

  /** The attribution, which also uses the impressions' watermark, finds it late as well. */
  @Test
  void usesTheImpressionsWatermarkWhileTheClicksAreIdle() throws Exception {
    operator.processWatermarkStatus2(WatermarkStatus.IDLE);
    operator.processWatermark1(new Watermark(T));
    operator.processWatermarkStatus2(WatermarkStatus.ACTIVE);
    send("c", T);

    assertThat(accepted()).isEmpty();
    assertThat(OperatorHarness.side(operator, ClickDeduplicator.LATE)).hasSize(1);
  }

  @Test
  void forgetsIdsTogetherOnceTheirRepetitionsWouldBeLate() throws Exception {
    send("c", T);
    send("d", T + 1);
    send("e", T + 1);
    long expiry = ExpiryTime.after(T + 1, WINDOW);
    assertThat(expiry).isBetween(T + WINDOW + 2, T + WINDOW + 1 + WINDOW / 60);
    watermark(expiry - 1);
    assertThat(OperatorHarness.keysHeld(operator, "first-event-time")).isEqualTo(3);
    assertThat(Timers.of(operator)).isOne();

    watermark(expiry);
    assertThat(OperatorHarness.keysHeld(operator, "first-event-time")).isZero();
    assertThat(Timers.of(operator)).isZero();
  }

  @Test
  void keepsAnIdThatCameAgainAfterItsWindow() throws Exception {
    send("c", T);
    send("c", T + WINDOW + 1);
    OperatorSubtaskState snapshot = operator.snapshot(1, 1);
    operator.close();
    operator = OperatorHarness.deduplication(snapshot);
    watermark(ExpiryTime.after(T, WINDOW));
    assertThat(OperatorHarness.keysHeld(operator, "first-event-time")).isOne();

    watermark(ExpiryTime.after(T + WINDOW + 1, WINDOW));
    assertThat(OperatorHarness.keysHeld(operator, "first-event-time")).isZero();
    assertThat(OperatorHarness.keysHeld(operator, TimerGroups.DESCRIPTOR.getName())).isZero();
  }

  @Test
  void continuesFromACheckpoint() throws Exception {
    send("c", T);
    OperatorSubtaskState snapshot = operator.snapshot(1, 1);
    operator.close();
    operator = OperatorHarness.deduplication(snapshot);
    send("c", T + 1_000);

    assertThat(accepted()).isEmpty();
  }

  private void send(String clickId, long time) throws Exception {
    operator.processElement2(record(click(clickId, "i", time)), time);
  }

  private void watermark(long time) throws Exception {
    operator.processBothWatermarks(new Watermark(time));
  }

  private List<String> accepted() {
    return operator.extractOutputValues().stream()
        .map(click -> click.clickId + "@" + click.eventTime)
        .collect(Collectors.toList());
  }
}
