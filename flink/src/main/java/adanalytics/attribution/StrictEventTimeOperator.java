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
 * An operator that judges lateness, and makes that judgement hold for all that follows: nothing it
 * lets through is at or behind a watermark that an operator after it can have. Two things in Flink
 * would break this, and the windows after it would drop events silently:
 *
 * <ul>
 *   <li>Idleness. If one subtask passes on that its inputs are idle, windows go on with the
 *       watermark of its neighbours, ahead of what this one has judged. So it passes on none: its
 *       own watermark moves with idle inputs too, and windows wait for that.
 *   <li>A restart, after which watermarks begin again while windows and state up to the old one are
 *       closed. So the watermark is kept in the checkpoint.
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
   * @param function judges lateness
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
    timers = EventTimers.of(this, this, context);
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
    function.runIn(this);
    super.open();
    if (timers.areInFlink()) {
      timers.takeOver(
          super.getInternalTimerService(EventTimers.NAME, VoidNamespaceSerializer.INSTANCE, this));
    }
    // No timer fires here: whichever subtask a key was on, it had come at least this far.
    timers.advance(watermark);
    if (isRestored) {
      function.restore(getKeyedStateBackend());
    }
  }

  /** The timers of this operator, whatever the name. */
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
