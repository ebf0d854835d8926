package adanalytics.attribution;

import adanalytics.state.TimerGroups;
import org.apache.flink.runtime.state.KeyedStateBackend;
import org.apache.flink.streaming.api.functions.co.KeyedCoProcessFunction;

/**
 * A keyed function that keeps data derived from its state on the heap. After a restore it must read
 * the whole state of its subtask once.
 */
abstract class RestoredFunction<IN1, IN2, OUT>
    extends KeyedCoProcessFunction<String, IN1, IN2, OUT> {
  private static final long serialVersionUID = 1L;

  private transient TimerGroups expiring;

  /** Called before {@link #open}. */
  final void useGroups(TimerGroups groups) {
    expiring = groups;
  }

  /** The timers at which {@link #forget} is called. */
  final TimerGroups expiring() {
    return expiring;
  }

  /**
   * Removes what has expired.
   *
   * @param key the current key
   * @param time of its timer in {@link #expiring}, in milliseconds since the epoch
   */
  abstract void forget(String key, long time) throws Exception;

  /**
   * Called after {@link #open} and before the first event, if state was restored.
   *
   * @param state of the subtask
   */
  abstract void restore(KeyedStateBackend<String> state) throws Exception;
}
