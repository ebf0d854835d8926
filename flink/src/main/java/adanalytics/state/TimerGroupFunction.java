package adanalytics.state;

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

  /** The timers of the function. */
  protected final TimerGroups timerGroups() {
    return timerGroups;
  }

  /** Called before {@link #open}. */
  final void runIn(KeyContext operator, TimerGroups groups) {
    keys = operator;
    timerGroups = groups;
  }

  /** Sets the current key. */
  final KeyContext keys() {
    return keys;
  }
}
