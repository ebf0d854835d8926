package adanalytics.attribution;

import static adanalytics.attribution.OperatorHarness.WINDOW;
import static adanalytics.event.TestEvents.impression;
import static adanalytics.event.TestEvents.record;
import static org.assertj.core.api.Assertions.assertThat;

import adanalytics.event.Click;
import adanalytics.event.Impression;
import adanalytics.event.InputRecord;
import adanalytics.state.TimerGroups;
import adanalytics.state.Timers;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Impressions expire in groups: tests {@link TimerGroups} in the operator that uses them. */
class ExpiryTest {
  private static final long T = 1_200_000;
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
  void manyIdsHaveFewTimersAndFewEntries() throws Exception {
    show(1_000, T);

    // The harness has one key group.
    assertThat(Timers.of(operator)).isOne();
    snapshotAndRestore();
    assertThat(Timers.of(operator)).isOne();
    assertThat(groupsHeld()).isOne();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void allIdsOfAGroupExpireTogether(boolean withRestart) throws Exception {
    show(100, T);
    if (withRestart) {
      snapshotAndRestore();
    }
    show(200, T + 1);
    watermark(T + WINDOW + PERIOD - 1);
    assertThat(held()).isEqualTo(200);

    watermark(T + WINDOW + PERIOD);
    assertThat(OperatorHarness.keysOfAttribution(operator)).isZero();
    assertThat(Timers.of(operator)).isZero();
  }

  @Test
  void laterIdsExpireLater() throws Exception {
    show(1, T);
    operator.processElement1(record(impression("later", T + PERIOD)), T + PERIOD);
    watermark(T + WINDOW + PERIOD);
    assertThat(held()).isOne();

    watermark(T + WINDOW + 2 * PERIOD);
    assertThat(held()).isZero();
  }

  @Test
  void writesTheGroupsWhenTheHeapHasEnough() throws Exception {
    show(TimerGroups.MAX_KEYS - 1, T);
    assertThat(groupsHeld()).isZero();

    show(TimerGroups.MAX_KEYS + 1, T);
    assertThat(groupsHeld()).isOne();
    watermark(T + WINDOW + PERIOD);
    assertThat(OperatorHarness.keysOfAttribution(operator)).isZero();
  }

  /** Sends impressions with the ids from 0; ids that were sent before are duplicates. */
  private void show(int ids, long time) throws Exception {
    for (int id = 0; id < ids; id++) {
      operator.processElement1(record(impression("i" + id, time)), time);
    }
  }

  private void watermark(long time) throws Exception {
    operator.processBothWatermarks(new Watermark(time));
  }

  private void snapshotAndRestore() throws Exception {
    OperatorSubtaskState snapshot = operator.snapshot(1, 1);
    operator.close();
    operator = OperatorHarness.attribution(snapshot);
  }

  private long held() {
    return OperatorHarness.keysHeld(operator, "impression-id");
  }

  private long groupsHeld() {
    return OperatorHarness.keysHeld(operator, TimerGroups.DESCRIPTOR.getName());
  }
}
