package adanalytics.source;

import adanalytics.event.AdEvent;
import adanalytics.event.EventKind;
import adanalytics.event.EventTypes;
import adanalytics.event.InputRecord;
import adanalytics.event.KnownBots;
import adanalytics.event.RejectedEvent;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Separates rejected records from an input stream, before the stream is keyed by a field that they
 * may lack, and marks events of known bots.
 */
public final class RecordTriage<E extends AdEvent>
    extends ProcessFunction<InputRecord<E>, InputRecord<E>> implements CheckpointedFunction {
  public static final OutputTag<RejectedEvent> REJECTED =
      new OutputTag<>("rejected", EventTypes.rejectedEvent());

  private static final long serialVersionUID = 1L;

  private final EventKind kind;
  private final SettingsGuard guard;
  private transient Counter rejected;
  private transient KnownBots knownBots;

  /**
   * @param kind of the events
   * @param guard checks the settings of restored state: this is the first operator with state
   */
  public RecordTriage(EventKind kind, SettingsGuard guard) {
    this.kind = kind;
    this.guard = guard;
  }

  @Override
  public void initializeState(FunctionInitializationContext context) throws Exception {
    guard.check(context);
  }

  @Override
  public void snapshotState(FunctionSnapshotContext context) {
    // The guard's state does not change while the job runs.
  }

  @Override
  public void open(OpenContext context) {
    knownBots = KnownBots.ofTheJar();
    rejected =
        JobMetrics.of(getRuntimeContext())
            .counter(kind == EventKind.IMPRESSION ? "rejectedImpressions" : "rejectedClicks");
  }

  @Override
  public void processElement(
      InputRecord<E> record, Context context, Collector<InputRecord<E>> out) {
    if (record.isRejected()) {
      rejected.inc();
      context.output(REJECTED, new RejectedEvent(kind, record));
    } else {
      record.event.knownBot = knownBots.matches(record.event.userAgent);
      // Later operators do not read it, so it is not sent.
      record.event.userAgent = null;
      out.collect(record);
    }
  }
}
