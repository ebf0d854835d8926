package adanalytics.state;

import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;

/**
 * Runs a {@link CachingFunction}: passes it the size of the heap and the restored keys, and writes
 * its cache to the state before a snapshot.
 *
 * @param <I> input
 * @param <O> output
 */
public class CachingOperator<I, O> extends TimerGroupOperator<I, O> {
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
    function.useHeapOf(Runtime.getRuntime().maxMemory() / slots);
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
  public void snapshotState(StateSnapshotContext context) throws Exception {
    function.writeBack();
    super.snapshotState(context);
  }
}
