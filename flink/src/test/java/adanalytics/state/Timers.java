package adanalytics.state;

import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;

/** How many timers an operator has. */
public final class Timers {
  private Timers() {}

  /** Those of {@link EventTimers}; Flink's must not have any others. */
  public static int of(AbstractStreamOperatorTestHarness<?> harness) {
    AbstractStreamOperator<?> operator = (AbstractStreamOperator<?>) harness.getOperator();
    EventTimers timers =
        (EventTimers)
            (Object)
                operator.getInternalTimerService(
                    EventTimers.NAME, VoidNamespaceSerializer.INSTANCE, null);
    int inFlink = harness.numEventTimeTimers();
    if (inFlink > 0) {
      throw new AssertionError(inFlink + " timers are in Flink's service");
    }
    return timers.size();
  }
}
