package adanalytics.state;

import java.util.List;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.streaming.api.operators.InternalTimer;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.api.operators.TimerHeapInternalTimer;

/**
 * Runs a {@link CachingFunction}: gives each key of a group its timer, and writes what is only on
 * the heap to the state, before the state becomes part of a snapshot.
 *
 * @param <I> input
 * @param <O> output
 */
public class CachingOperator<I, O> extends KeyedProcessOperator<String, I, O> {
  private static final long serialVersionUID = 1L;

  private final CachingFunction<I, O> function;
  private transient boolean isRestored;

  /**
   * @param function to run
   */
  protected CachingOperator(CachingFunction<I, O> function) {
    super(function);
    this.function = function;
  }

  @Override
  public void open() throws Exception {
    int slots =
        getContainingTask()
            .getEnvironment()
            .getTaskManagerInfo()
            .getConfiguration()
            .get(TaskManagerOptions.NUM_TASK_SLOTS);
    function.runIn(this, Runtime.getRuntime().maxMemory() / slots);
    super.open();
    if (isRestored) {
      function.restore(getKeyedStateBackend());
    }
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    isRestored = context.isRestored();
  }

  @Override
  public void onEventTime(InternalTimer<String, VoidNamespace> timer) throws Exception {
    List<String> group = function.timerGroups().take(timer.getKey(), timer.getTimestamp());
    if (group.isEmpty()) {
      super.onEventTime(timer);
    }
    for (String key : group) {
      setCurrentKey(key);
      super.onEventTime(
          new TimerHeapInternalTimer<>(timer.getTimestamp(), key, timer.getNamespace()));
    }
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    function.writeBack();
    super.snapshotState(context);
  }
}
