package adanalytics.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DeltaBufferTest {
  private OneInputStreamOperatorTestHarness<WindowDelta, WindowDelta> operator;

  @BeforeEach
  void open() throws Exception {
    operator = new OneInputStreamOperatorTestHarness<>(new DeltaBuffer());
    operator.open();
  }

  @AfterEach
  void close() throws Exception {
    operator.close();
  }

  @Test
  void sumsDeltasOfAKeyAndWindowUntilTheWatermark() throws Exception {
    delta("a", 1, 1, 0);
    delta("a", 1, 2, 3);
    delta("a", 2, 4, 0);
    delta("b", 1, 5, 0);
    assertThat(deltas()).isEmpty();

    operator.processWatermark(new Watermark(7));
    assertThat(deltas()).containsExactlyInAnyOrder("a 1 3/3", "a 2 4/0", "b 1 5/0");
    // No delta is behind the watermark.
    assertThat(operator.getOutput().toArray()).endsWith(new Watermark(7));

    operator.processWatermark(new Watermark(8));
    assertThat(deltas()).hasSize(3);
  }

  @Test
  void flushesBeforeACheckpoint() throws Exception {
    delta("a", 1, 1, 0);
    operator.prepareSnapshotPreBarrier(1);

    assertThat(deltas()).containsExactly("a 1 1/0");
  }

  @Test
  void flushesAtTheEndOfTheInput() throws Exception {
    delta("a", 1, 1, 0);
    operator.getOneInputOperator().finish();

    assertThat(deltas()).containsExactly("a 1 1/0");
  }

  @Test
  void flushesWhenItIsFull() throws Exception {
    for (int key = 0; key < DeltaBuffer.MAX_DELTAS; key++) {
      assertThat(deltas()).isEmpty();
      delta("k" + key, 1, 1, 0);
    }

    assertThat(deltas()).hasSize(DeltaBuffer.MAX_DELTAS);
  }

  /**
   * The operator before it may emit the same object again, and keeps the objects that it has
   * emitted.
   */
  @Test
  void doesNotChangeItsInput() throws Exception {
    WindowDelta first = new WindowDelta("a", 1, 1, 0);
    operator.processElement(new StreamRecord<>(first));
    delta("a", 1, 1, 0);

    assertThat(first.counts).startsWith(1, 0);
  }

  private void delta(String key, long window, long... counts) throws Exception {
    operator.processElement(new StreamRecord<>(new WindowDelta(key, window, counts)));
  }

  private List<String> deltas() {
    return operator.extractOutputValues().stream()
        .map(
            delta -> delta.key + " " + delta.window + " " + delta.counts[0] + "/" + delta.counts[1])
        .collect(Collectors.toList());
  }
}
