package adanalytics.attribution;

import adanalytics.event.Click;
import adanalytics.event.EventKind;
import adanalytics.event.EventTypes;
import adanalytics.event.Impression;
import adanalytics.event.InputRecord;
import adanalytics.event.LateEvent;
import adanalytics.source.JobMetrics;
import adanalytics.state.RecentIds;
import adanalytics.state.TimerGroups;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.state.KeyedStateBackend;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Emits the first click of each click_id and drops duplicates within the attribution window; late
 * clicks go to {@link #LATE}. Keyed by click_id.
 *
 * <p>Whether a click is a duplicate follows from event times alone, never from whether state still
 * exists: a duplicate of a removed click is late, and lateness is checked first. State: one long
 * for each click_id, until the watermark is an attribution window and up to a {@link
 * ExpiryTime#PERIODS_OF_WINDOW}th of it past the click; its id in a group with one timer, see
 * {@link TimerGroups}; on the heap some 10 bits for each, see {@link RecentIds}.
 *
 * <p>The first input carries the watermark of the impressions and no records. With it, this
 * operator and {@link ClickAttribution} agree on which clicks are late. Otherwise a click could be
 * stored here as the first of its id, but be late there, and its duplicate would be lost.
 */
final class ClickDeduplicator
    extends RestoredFunction<InputRecord<Impression>, InputRecord<Click>, Click> {
  static final OutputTag<LateEvent> LATE = new OutputTag<>("late-clicks", EventTypes.lateEvent());

  private static final long serialVersionUID = 1L;
  private static final String STATE = "first-event-time";

  private final long windowMillis;
  private final Lateness lateness;
  private transient ValueState<Long> firstEventTime;
  private transient RecentIds recentIds;
  private transient Counter duplicates;
  private transient Counter lates;

  /**
   * @param windowMillis the attribution window
   * @param outOfOrdernessMillis how far behind the greatest event time of its shard a click may be
   */
  ClickDeduplicator(long windowMillis, long outOfOrdernessMillis) {
    this.windowMillis = windowMillis;
    this.lateness = new Lateness(outOfOrdernessMillis);
  }

  @Override
  public void open(OpenContext context) {
    firstEventTime = getRuntimeContext().getState(new ValueStateDescriptor<>(STATE, Types.LONG));
    recentIds = new RecentIds(2 * windowMillis);
    duplicates = JobMetrics.of(getRuntimeContext()).counter("duplicateClicks");
    lates = JobMetrics.of(getRuntimeContext()).counter("lateClicks");
  }

  @Override
  void restore(KeyedStateBackend<String> state) {
    recentIds.addRestored(state, STATE);
  }

  @Override
  public void processElement1(
      InputRecord<Impression> record, Context context, Collector<Click> out) {
    throw new IllegalStateException(
        "ClickDeduplicator received an impression, but must receive only the watermark of the impressions");
  }

  @Override
  public void processElement2(InputRecord<Click> record, Context context, Collector<Click> out)
      throws Exception {
    Click click = record.event;
    long behind = lateness.of(record, context.timerService().currentWatermark());
    if (behind != InputRecord.ON_TIME) {
      lates.inc();
      context.output(LATE, new LateEvent(EventKind.CLICK, click, behind, record.position));
      return;
    }
    Long first = recentIds.mayContain(click.clickId) ? firstEventTime.value() : null;
    if (first != null && click.eventTime <= first + windowMillis) {
      duplicates.inc();
      return;
    }
    firstEventTime.update(click.eventTime);
    long forgottenAt = ExpiryTime.after(click.eventTime, windowMillis);
    expiring().add(click.clickId, forgottenAt);
    recentIds.add(click.clickId, forgottenAt, context.timerService().currentWatermark());
    out.collect(click);
  }

  /** Release 0.1.0 had a timer for each id. */
  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<Click> out)
      throws Exception {
    forget(context.getCurrentKey(), timestamp);
  }

  /** Removes the click of the current key, unless the id was reused later. */
  @Override
  void forget(String id, long time) throws Exception {
    Long first = firstEventTime.value();
    if (first != null && first + windowMillis <= time) {
      firstEventTime.clear();
    }
  }
}
