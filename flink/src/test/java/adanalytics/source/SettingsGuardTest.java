package adanalytics.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import adanalytics.event.Click;
import adanalytics.event.EventKind;
import adanalytics.event.InputRecord;
import java.util.Map;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.apache.flink.streaming.api.operators.ProcessOperator;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.apache.flink.util.ExceptionUtils;
import org.junit.jupiter.api.Test;

class SettingsGuardTest {
  private static final String METRICS = "Metrics/metrics.window.seconds";
  private static final String ATTRIBUTION = "Attribution/attribution.window.seconds";

  private final Map<String, String> before = Map.of(METRICS, "60", ATTRIBUTION, "600");

  @Test
  void theSameSettingsContinue() throws Exception {
    OperatorSubtaskState state = stateOf(before);

    assertThat(restoredWith(before, state)).isNotNull();
  }

  @Test
  void refusesAChangedSettingByNameWithBothValuesAndTheRunbook() throws Exception {
    OperatorSubtaskState state = stateOf(before);

    assertThatThrownBy(() -> restoredWith(Map.of(METRICS, "10", ATTRIBUTION, "600"), state))
        .satisfies(
            error -> {
              assertThat(ExceptionUtils.findThrowable(error, SuppressRestartsException.class))
                  .isPresent();
              assertThat(ExceptionUtils.stringifyException(error))
                  .contains("Metrics/metrics.window.seconds was 60 and is 10.")
                  .contains("docs/runbooks/update-the-job.md")
                  .doesNotContain("attribution.window");
            });
  }

  @Test
  void alsoRefusesAfterAnUpdateWithoutChanges() throws Exception {
    OperatorSubtaskState again = restoredWith(before, stateOf(before));

    assertThatThrownBy(() -> restoredWith(Map.of(METRICS, "60", ATTRIBUTION, "90"), again))
        .satisfies(
            error ->
                assertThat(ExceptionUtils.stringifyException(error))
                    .contains("Attribution/attribution.window.seconds was 600 and is 90."));
  }

  @Test
  void aSettingThatOneVersionDoesNotHaveIsNotCompared() throws Exception {
    OperatorSubtaskState older = stateOf(Map.of(METRICS, "60"));

    assertThat(restoredWith(before, older)).isNotNull();
    assertThat(restoredWith(Map.of(METRICS, "60"), stateOf(before))).isNotNull();
  }

  private static OperatorSubtaskState stateOf(Map<String, String> settings) throws Exception {
    return restoredWith(settings, null);
  }

  /** The state after a start with these settings from that state. */
  private static OperatorSubtaskState restoredWith(
      Map<String, String> settings, OperatorSubtaskState state) throws Exception {
    try (OneInputStreamOperatorTestHarness<InputRecord<Click>, InputRecord<Click>> operator =
        new OneInputStreamOperatorTestHarness<>(
            new ProcessOperator<>(
                new RecordTriage<Click>(EventKind.CLICK, new SettingsGuard(settings))))) {
      if (state != null) {
        operator.initializeState(state);
      }
      operator.open();
      return operator.snapshot(1, 1);
    }
  }
}
