package adanalytics.attribution;

import adanalytics.state.EventTimers;
import java.util.Collections;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.streaming.api.graph.StreamConfig;
import org.apache.flink.streaming.api.operators.InternalTimerService;
import org.apache.flink.streaming.api.operators.Output;
import org.apache.flink.streaming.api.operators.Triggerable;
import org.apache.flink.streaming.api.operators.co.KeyedCoProcessOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.tasks.StreamTask;

/**
 * An operator that decides which events are late, for all operators after it: no event that it
 * emits is at or behind a watermark of a downstream operator. Two features of Flink would break
 * this guarantee, and downstream windows would drop events silently:
 *
 * <ul>
 *   <li>Idleness. If one subtask forwards that its inputs are idle, windows advance with the
 *       watermark of the other subtasks, which can be ahead of this one. So this operator does not
 *       forward idleness. Its own watermark also advances while its inputs are idle, and windows
 *       wait for it.
 *   <li>A restart. Watermarks begin again, although windows and state up to the old watermark are
 *       closed. So the watermark is part of the checkpoint.
 * </ul>
 */
final class StrictEventTimeOperator<IN1, IN2, OUT>
    extends KeyedCoProcessOperator<String, IN1, IN2, OUT> {
  private static final long serialVersionUID = 1L;

  private final RestoredFunction<IN1, IN2, OUT> function;
  private transient EventTimers timers;
  private transient ListState<Long> watermarkState;
  private transient long watermark;
  private transient boolean isRestored;

  /**
   * @param function decides which events are late
   */
  StrictEventTimeOperator(RestoredFunction<IN1, IN2, OUT> function) {
    super(function);
    this.function = function;
  }

  @Override
  public void setup(StreamTask<?, ?> task, StreamConfig config, Output<StreamRecord<OUT>> output) {
    super.setup(task, config, new IdlenessSuppressingOutput<>(output));
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    isRestored = context.isRestored();
    timers = EventTimers.of(this, this, function::forget, context);
    watermarkState =
        context
            .getOperatorStateStore()
            .getUnionListState(new ListStateDescriptor<>("watermark", Types.LONG));
    long least = Long.MAX_VALUE;
    for (long restored : watermarkState.get()) {
      least = Math.min(least, restored);
    }
    watermark = least == Long.MAX_VALUE ? Long.MIN_VALUE : least;
  }

  @Override
  public void open() throws Exception {
    function.useGroups(timers.groups());
    super.open();
    if (timers.snapshotHasFlinkTimers()) {
      timers.takeOver(
          super.getInternalTimerService(EventTimers.NAME, VoidNamespaceSerializer.INSTANCE, this));
    }
    // No timer fires here: every subtask had reached at least this watermark.
    timers.advance(watermark);
    if (isRestored) {
      function.restore(getKeyedStateBackend());
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
    if (mark.getTimestamp() > watermark) {
      watermark = mark.getTimestamp();
      timers.advance(watermark);
      super.processWatermark(mark);
    }
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    timers.write(context);
    watermarkState.update(Collections.singletonList(watermark));
  }
}
