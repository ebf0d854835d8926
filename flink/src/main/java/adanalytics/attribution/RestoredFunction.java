package adanalytics.attribution;

import org.apache.flink.runtime.state.KeyedStateBackend;
import org.apache.flink.streaming.api.functions.co.KeyedCoProcessFunction;
import org.apache.flink.streaming.api.operators.KeyContext;

/**
 * A keyed function that keeps data derived from its state on the heap. After a restore it must read
 * the whole state of its subtask once.
 */
abstract class RestoredFunction<IN1, IN2, OUT>
    extends KeyedCoProcessFunction<String, IN1, IN2, OUT> {
  private static final long serialVersionUID = 1L;

  private transient KeyContext keys;

  /** Called before {@link #open}. */
  final void runIn(KeyContext operator) {
    keys = operator;
  }

  /** Sets the current key, to access the state of other keys of the subtask. */
  final KeyContext keys() {
    return keys;
  }

  /**
   * Called after {@link #open} and before the first event, if state was restored.
   *
   * @param state of the subtask
   */
  abstract void restore(KeyedStateBackend<String> state) throws Exception;
}
