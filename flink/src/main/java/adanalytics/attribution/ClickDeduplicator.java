package adanalytics.attribution;

import adanalytics.event.Click;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Lets the first click of each click_id through and drops those that repeat it within the
 * attribution window. Keyed by click_id.
 *
 * <p>Whether a click is a duplicate follows from event times alone, never from whether state
 * happens to be there still, so that a replay decides as the live run did. State: one long for each
 * click_id, until the watermark is an attribution window past the click.
 */
public final class ClickDeduplicator extends KeyedProcessFunction<String, Click, Click> {
  private static final long serialVersionUID = 1L;

  private final long windowMillis;
  private transient ValueState<Long> firstEventTime;
  private transient Counter duplicates;

  /**
   * @param windowMillis the attribution window
   */
  public ClickDeduplicator(long windowMillis) {
    this.windowMillis = windowMillis;
  }

  @Override
  public void open(OpenContext context) {
    firstEventTime =
        getRuntimeContext().getState(new ValueStateDescriptor<>("first-event-time", Types.LONG));
    duplicates = getRuntimeContext().getMetricGroup().counter("clicksDuplicate");
  }

  @Override
  public void processElement(Click click, Context context, Collector<Click> out) throws Exception {
    Long first = firstEventTime.value();
    if (first != null && click.eventTime <= first + windowMillis) {
      duplicates.inc();
      return;
    }
    firstEventTime.update(click.eventTime);
    context.timerService().registerEventTimeTimer(click.eventTime + windowMillis);
    out.collect(click);
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<Click> out)
      throws Exception {
    Long first = firstEventTime.value();
    // The id may have come anew after its window; then a later timer is its own.
    if (first != null && first + windowMillis <= timestamp) {
      firstEventTime.clear();
    }
  }
}
