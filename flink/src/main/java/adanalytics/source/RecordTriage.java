package adanalytics.source;

import adanalytics.event.AdEvent;
import adanalytics.event.EventKind;
import adanalytics.event.EventTypes;
import adanalytics.event.InputRecord;
import adanalytics.event.KnownBots;
import adanalytics.event.RejectedEvent;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Takes the rejected records out of an input stream, before anything is keyed by a field that they
 * may lack, and tells of the others whether they come from a known bot.
 */
public final class RecordTriage<E extends AdEvent>
    extends ProcessFunction<InputRecord<E>, InputRecord<E>> {
  public static final OutputTag<RejectedEvent> REJECTED =
      new OutputTag<>("rejected", EventTypes.rejectedEvent());

  private static final long serialVersionUID = 1L;

  private final EventKind kind;
  private transient Counter rejected;
  private transient KnownBots knownBots;

  public RecordTriage(EventKind kind) {
    this.kind = kind;
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
      out.collect(record);
    }
  }
}
