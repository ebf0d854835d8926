package adanalytics.window;

import adanalytics.state.CachingFunction;
import adanalytics.state.CachingOperator;
import java.util.List;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.streaming.api.operators.InternalTimerService;

/**
 * Runs windows of actors. A window gets its timer when an event is counted in it and the current
 * thresholds make it reportable. So when a job continues from a snapshot with other thresholds, it
 * checks all actors once at the start and adds the missing timers of open windows. Otherwise a
 * window without further events would never be reported.
 *
 * <p>State: the thresholds and the watermark, one entry for each subtask.
 *
 * @param <I> events
 * @param <O> windows
 */
final class ActorWindowsOperator<I, O> extends CachingOperator<I, O> {
  private static final long serialVersionUID = 1L;

  private final CachingFunction<I, O> function;
  private final ActorWindowsFunction actors;
  private transient ListState<Tuple2<String, Long>> thresholds;
  private transient InternalTimerService<VoidNamespace> timers;
  private transient long restoredWatermark;
  private transient boolean changed;

  private ActorWindowsOperator(CachingFunction<I, O> function, ActorWindowsFunction actors) {
    super(function);
    this.function = function;
    this.actors = actors;
  }

  /**
   * @param function to run
   */
  static <I, O, F extends CachingFunction<I, O> & ActorWindowsFunction>
      ActorWindowsOperator<I, O> of(F function) {
    return new ActorWindowsOperator<>(function, function);
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    // Union state: all subtasks had the same thresholds.
    thresholds =
        context
            .getOperatorStateStore()
            .getUnionListState(
                new ListStateDescriptor<>("thresholds", Types.TUPLE(Types.STRING, Types.LONG)));
    restoredWatermark = Long.MIN_VALUE;
    changed = false;
    for (Tuple2<String, Long> entry : thresholds.get()) {
      restoredWatermark = Math.max(restoredWatermark, entry.f1);
      changed |= !entry.f0.equals(actors.thresholds());
    }
  }

  @Override
  public void open() throws Exception {
    super.open();
    timers = getInternalTimerService("user-timers", VoidNamespaceSerializer.INSTANCE, this);
    if (changed) {
      getKeyedStateBackend()
          .applyToAllKeys(
              VoidNamespace.INSTANCE,
              VoidNamespaceSerializer.INSTANCE,
              function.state(),
              (key, state) -> actors.addTimers((String) key, restoredWatermark));
    }
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    long watermark = Math.max(restoredWatermark, timers.currentWatermark());
    thresholds.update(List.of(Tuple2.of(actors.thresholds(), watermark)));
  }
}
