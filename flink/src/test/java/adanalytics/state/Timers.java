package adanalytics.state;

import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;

/** Counts the timers of an operator. */
public final class Timers {
  private Timers() {}

  /** The number of timers of {@link EventTimers}; Flink's own timer service must be empty. */
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
