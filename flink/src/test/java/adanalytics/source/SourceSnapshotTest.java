package adanalytics.source;

import static adanalytics.source.ClickJobs.SHARD_0;
import static adanalytics.source.ClickJobs.SHARD_1;
import static adanalytics.source.ClickJobs.T;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import adanalytics.event.Click;
import adanalytics.event.EventKind;
import adanalytics.event.InputRecord;
import adanalytics.state.Snapshots;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.ProcessOperator;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.apache.flink.util.ExceptionUtils;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The current source and triage operators continue from the snapshots of earlier releases. */
@Timeout(120)
class SourceSnapshotTest {
  private static final String SOURCE = "clicks";
  private static final String TRIAGE = "clicks-triage";

  /** The state holds its name. */
  private static final String STREAM = "of-the-snapshots";

  private static final String WINDOW = "Metrics/metrics.window.seconds";
  private static final int READ_BEFORE = 3;

  static Stream<String> releases() {
    return Stream.of(Snapshots.RELEASES);
  }

  @BeforeEach
  void createStream() {
    FakeKinesis.createStream(STREAM, 2);
    ClickJobs.put(STREAM, SHARD_0, "a", T);
    ClickJobs.put(STREAM, SHARD_0, "b", T + 60_000);
    ClickJobs.put(STREAM, SHARD_1, "c", T + 1_000);
  }

  /** No record is read twice, and lateness is computed with the restored clocks. */
  @ParameterizedTest
  @MethodSource("releases")
  void theSourceContinuesFromTheSnapshot(String release) throws Exception {
    ClickJobs.put(STREAM, SHARD_0, "late", T + 54_999);
    ClickJobs.put(STREAM, SHARD_0, "on time", T + 55_000);
    ClickJobs.put(STREAM, SHARD_1, "on time there", T + 2_000);

    try (RunningSource source = new RunningSource(STREAM, Snapshots.read(release, SOURCE))) {
      assertThat(new String[] {source.next(), source.next(), source.next()})
          .containsExactlyInAnyOrder(
              "shard 0 1002 late late by 5001",
              "shard 0 1003 on time on time",
              "shard 1 1001 on time there on time");
    }
  }

  @ParameterizedTest
  @MethodSource("releases")
  void theTriageContinuesFromTheSnapshotAndKnowsItsSettings(String release) throws Exception {
    OperatorSubtaskState snapshot = Snapshots.read(release, TRIAGE);

    assertThat(triageAfter("60", snapshot)).isNotNull();
    assertThatThrownBy(() -> triageAfter("10", snapshot))
        .satisfies(
            error ->
                assertThat(ExceptionUtils.stringifyException(error))
                    .contains(WINDOW + " was 60 and is 10."));
  }

  @Test
  @EnabledIfSystemProperty(
      named = Snapshots.WRITE,
      matches = ".+",
      disabledReason = "Writes the snapshots of a release, when one is made")
  void writesTheSnapshots() throws Exception {
    try (RunningSource source = new RunningSource(STREAM, null)) {
      for (int i = 0; i < READ_BEFORE; i++) {
        source.next();
      }
      Snapshots.write(source.snapshot(), SOURCE);
    }
    Snapshots.write(triageAfter("60", null), TRIAGE);
  }

  private static OperatorSubtaskState triageAfter(String window, OperatorSubtaskState snapshot)
      throws Exception {
    SettingsGuard guard = new SettingsGuard(Map.of(WINDOW, window));
    try (OneInputStreamOperatorTestHarness<InputRecord<Click>, InputRecord<Click>> operator =
        new OneInputStreamOperatorTestHarness<>(
            new ProcessOperator<>(new RecordTriage<Click>(EventKind.CLICK, guard)))) {
      if (snapshot != null) {
        operator.initializeState(snapshot);
      }
      operator.open();
      return operator.snapshot(1, 1);
    }
  }
}
