package adanalytics.state;

import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.streaming.api.operators.KeyContext;

/**
 * A keyed function with {@link TimerGroups}, which {@link TimerGroupOperator} runs. When a group is
 * due, the function's timer is called for each key of the group.
 *
 * @param <I> input
 * @param <O> output
 */
public abstract class TimerGroupFunction<I, O> extends KeyedProcessFunction<String, I, O> {
  private static final long serialVersionUID = 1L;

  private transient KeyContext keys;
  private transient TimerGroups timerGroups;

  /** Overriding methods call it first. */
  @Override
  public void open(OpenContext context) {
    timerGroups = new TimerGroups(getRuntimeContext(), keys);
  }

  /** The timers of the function; available after {@link #open}. */
  protected final TimerGroups timerGroups() {
    return timerGroups;
  }

  /** Called before {@link #open}. */
  final void runIn(KeyContext operator) {
    keys = operator;
  }

  /** Sets the current key. */
  final KeyContext keys() {
    return keys;
  }

  /** Writes data that exists only on the heap to the state. Called before each snapshot. */
  void writeBack() throws Exception {
    timerGroups.writeBack();
  }
}
