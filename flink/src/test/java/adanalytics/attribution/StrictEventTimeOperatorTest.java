package adanalytics.attribution;

import static adanalytics.event.TestEvents.click;
import static adanalytics.event.TestEvents.impression;
import static adanalytics.event.TestEvents.record;
import static org.assertj.core.api.Assertions.assertThat;

import adanalytics.event.Click;
import adanalytics.event.Impression;
import adanalytics.event.InputRecord;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StrictEventTimeOperatorTest {
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
  void doesNotForwardIdleness() throws Exception {
    operator.processWatermarkStatus1(WatermarkStatus.IDLE);
    operator.processWatermarkStatus2(WatermarkStatus.IDLE);
    operator.processWatermarkStatus1(WatermarkStatus.ACTIVE);

    assertThat(operator.getOutput()).isEmpty();
  }

  @Test
  void anIdleInputDoesNotHoldTheOtherBack() throws Exception {
    operator.processWatermarkStatus2(WatermarkStatus.IDLE);
    operator.processWatermark1(new Watermark(1_000));

    assertThat(OperatorHarness.watermarks(operator)).containsExactly(1_000L);
  }

  /** Idle sources repeatedly become active, send a watermark, and become idle again. */
  @Test
  void theWatermarkAdvancesWhileBothInputsAreIdle() throws Exception {
    operator.processWatermarkStatus1(WatermarkStatus.IDLE);
    operator.processWatermarkStatus2(WatermarkStatus.IDLE);
    for (long watermark = 1_000; watermark <= 3_000; watermark += 1_000) {
      operator.processWatermarkStatus1(WatermarkStatus.ACTIVE);
      operator.processWatermark1(new Watermark(watermark));
      operator.processWatermarkStatus1(WatermarkStatus.IDLE);
      operator.processWatermarkStatus2(WatermarkStatus.ACTIVE);
      operator.processWatermark2(new Watermark(watermark - 500));
      operator.processWatermarkStatus2(WatermarkStatus.IDLE);
    }

    assertThat(OperatorHarness.watermarks(operator)).containsExactly(1_000L, 2_000L, 3_000L);
  }

  @Test
  void emitsResolvedClicksBeforeTheWatermark() throws Exception {
    operator.processElement1(record(impression("i", 1_000)), 1_000);
    operator.processElement2(click("c", "i", 2_000), 2_000);
    operator.processBothWatermarks(new Watermark(1_999));
    assertThat(operator.getSideOutput(ClickAttribution.ATTRIBUTED)).isNull();

    operator.processBothWatermarks(new Watermark(5_000));

    // Its timestamp is its own time: before the watermark that resolved it, after the previous one.
    assertThat(operator.getSideOutput(ClickAttribution.ATTRIBUTED))
        .extracting(record -> record.getTimestamp())
        .containsExactly(2_000L);
  }

  @Test
  void lateStaysLateAfterARestart() throws Exception {
    operator.processBothWatermarks(new Watermark(10_000));
    OperatorSubtaskState snapshot = operator.snapshot(1, 1);
    operator.close();
    operator = OperatorHarness.attribution(snapshot);

    operator.processElement1(record(impression("late", 10_000)), 10_000);
    operator.processElement1(record(impression("on-time", 10_001)), 10_001);

    assertThat(operator.extractOutputValues())
        .extracting(impression -> impression.impressionId)
        .containsExactly("on-time");
  }

  @Test
  void theWatermarkDoesNotGoBackAfterARestart() throws Exception {
    operator.processBothWatermarks(new Watermark(10_000));
    OperatorSubtaskState snapshot = operator.snapshot(1, 1);
    operator.close();
    operator = OperatorHarness.attribution(snapshot);

    operator.processBothWatermarks(new Watermark(4_000));
    operator.processElement1(record(impression("late", 10_000)), 10_000);
    operator.processBothWatermarks(new Watermark(11_000));

    assertThat(OperatorHarness.watermarks(operator)).containsExactly(11_000L);
    assertThat(operator.extractOutputValues()).isEmpty();
  }
}
