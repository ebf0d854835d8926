package adanalytics.state;

import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.streaming.api.operators.InternalTimerService;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.api.operators.TimerHeapInternalTimer;
import org.apache.flink.streaming.api.operators.Triggerable;
import org.apache.flink.streaming.api.watermark.Watermark;

/**
 * Runs a {@link TimerGroupFunction}: manages its {@link EventTimers}.
 *
 * @param <I> input
 * @param <O> output
 */
public class TimerGroupOperator<I, O> extends KeyedProcessOperator<String, I, O> {
  private static final long serialVersionUID = 1L;

  private final TimerGroupFunction<I, O> function;
  private transient EventTimers timers;

  /**
   * @param function to run
   */
  public TimerGroupOperator(TimerGroupFunction<I, O> function) {
    super(function);
    this.function = function;
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    timers =
        EventTimers.of(
            this,
            this,
            (key, time) ->
                onEventTime(new TimerHeapInternalTimer<>(time, key, VoidNamespace.INSTANCE)),
            context);
  }

  @Override
  public void open() throws Exception {
    function.runIn(this, timers.groups());
    super.open();
    if (timers.snapshotHasFlinkTimers()) {
      timers.takeOver(
          super.getInternalTimerService(EventTimers.NAME, VoidNamespaceSerializer.INSTANCE, this));
    }
  }

  /** The timers of this operator, for any name. */
  @Override
  @SuppressWarnings("unchecked")
  public <K, N> InternalTimerService<N> getInternalTimerService(
      String name, TypeSerializer<N> namespaces, Triggerable<K, N> target) {
    return (InternalTimerService<N>) timers;
  }

  /** Tells Flink that the raw keyed state is that of {@link EventTimers}. */
  @Override
  protected boolean isUsingCustomRawKeyedState() {
    return true;
  }

  @Override
  public void processWatermark(Watermark mark) throws Exception {
    timers.advance(mark.getTimestamp());
    super.processWatermark(mark);
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    timers.write(context);
    super.snapshotState(context);
  }
}
