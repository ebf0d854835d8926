package adanalytics.attribution;

import adanalytics.event.Click;
import adanalytics.event.EventKind;
import adanalytics.event.EventTypes;
import adanalytics.event.Impression;
import adanalytics.event.InputRecord;
import adanalytics.event.LateEvent;
import adanalytics.source.JobMetrics;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.state.KeyedStateBackend;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Finds the impression that each click belongs to. Keyed by impression_id; the main output are the
 * accepted impressions, at once, for metrics that do not wait for the join.
 *
 * <p>A click is resolved when the watermark reaches its time: from then on no impression at or
 * before it can come on time. Clicks of one impression are resolved by time, then by click_id. So
 * the outcome, down to which click is the duplicate, depends on what happened and not on the order
 * in which it arrived.
 *
 * <p>An impression is a duplicate if one of its id was accepted whose attribution window has not
 * ended by its time; beyond that the id counts as used anew, and each click finds the one
 * impression whose window it is in (they cannot overlap). As for clicks, state is forgotten only
 * when what would need it is late.
 *
 * <p>An impression is settled when the watermark reaches the end of its attribution window: the
 * last click that can be its own is resolved by then, at the same instant at the latest.
 *
 * <p>State: one value for each impression_id, with one timer, until the watermark is an attribution
 * window past the impression; a click with a timer until the watermark reaches it, see {@link
 * PendingClickStore}. In event time that is the attribution window plus {@code
 * max.out.of.orderness} plus the lead that the source allows a fast shard. On the heap, some 10
 * bits for each impression_id, see {@link RecentIds}.
 */
final class ClickAttribution extends RestoredFunction<InputRecord<Impression>, Click, Impression> {
  static final OutputTag<AttributedClick> ATTRIBUTED =
      new OutputTag<>("attributed-clicks", AttributionTypes.attributedClick());
  static final OutputTag<Click> UNATTRIBUTED =
      new OutputTag<>("unattributed-clicks", EventTypes.click());
  static final OutputTag<SettledImpression> SETTLED =
      new OutputTag<>("settled-impressions", AttributionTypes.settledImpression());
  static final OutputTag<LateEvent> LATE =
      new OutputTag<>("late-impressions", EventTypes.lateEvent());

  private static final long serialVersionUID = 1L;
  private static final String STATE = "impression-id";
  private static final Comparator<Click> BY_TIME_THEN_ID =
      Comparator.<Click>comparingLong(click -> click.eventTime)
          .thenComparing(click -> click.clickId);

  private final long windowMillis;
  private final ClickValidity validity;
  private final Lateness lateness;
  private transient ValueState<AttributionState> stateOfId;
  private transient RecentIds recentIds;
  private transient PendingClickStore pendingClicks;
  private transient Counter duplicates;
  private transient Counter lates;

  /**
   * @param windowMillis the attribution window
   * @param outOfOrdernessMillis how far behind the greatest event time of its shard an impression
   *     may be
   * @param validity the rules for invalid clicks
   */
  ClickAttribution(long windowMillis, long outOfOrdernessMillis, ClickValidity validity) {
    this.windowMillis = windowMillis;
    this.lateness = new Lateness(outOfOrdernessMillis);
    this.validity = validity;
  }

  @Override
  public void open(OpenContext context) {
    stateOfId =
        getRuntimeContext().getState(new ValueStateDescriptor<>(STATE, AttributionTypes.state()));
    recentIds = new RecentIds(2 * windowMillis);
    pendingClicks =
        new PendingClickStore(getRuntimeContext().getMapState(PendingClickStore.DESCRIPTOR));
    duplicates = JobMetrics.of(getRuntimeContext()).counter("duplicateImpressions");
    lates = JobMetrics.of(getRuntimeContext()).counter("lateImpressions");
  }

  @Override
  void restore(KeyedStateBackend<String> state) throws Exception {
    try (Stream<String> ids = state.getKeys(STATE, VoidNamespace.INSTANCE)) {
      ids.forEach(id -> recentIds.add(id, Long.MAX_VALUE, Long.MIN_VALUE));
    }
    state.applyToAllKeys(
        VoidNamespace.INSTANCE,
        VoidNamespaceSerializer.INSTANCE,
        PendingClickStore.DESCRIPTOR,
        (id, clicks) -> pendingClicks.restore(clicks));
  }

  @Override
  public void processElement1(
      InputRecord<Impression> record, Context context, Collector<Impression> out) throws Exception {
    Impression impression = record.event;
    long behind = lateness.of(record, context.timerService().currentWatermark());
    if (behind != InputRecord.ON_TIME) {
      lates.inc();
      context.output(
          LATE, new LateEvent(EventKind.IMPRESSION, impression, behind, record.position));
      return;
    }
    AttributionState state = stateOf(impression.impressionId);
    if (state.impressions == null) {
      state.impressions = new ArrayList<>(1);
    } else if (impression.eventTime <= lastOf(state.impressions).eventTime + windowMillis) {
      duplicates.inc();
      return;
    }
    state.impressions.add(ImpressionState.of(impression));
    stateOfId.update(state);
    long settledTime = impression.eventTime + windowMillis;
    context.timerService().registerEventTimeTimer(settledTime);
    recentIds.add(impression.impressionId, settledTime, context.timerService().currentWatermark());
    out.collect(impression);
  }

  @Override
  public void processElement2(Click click, Context context, Collector<Impression> out)
      throws Exception {
    // Never late here: ClickDeduplicator has judged it by a watermark at least as far on.
    pendingClicks.add(click);
    context.timerService().registerEventTimeTimer(click.eventTime);
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<Impression> out)
      throws Exception {
    AttributionState state = stateOf(context.getCurrentKey());
    List<Click> due = pendingClicks.take(timestamp);
    boolean attributed = resolveClicks(due, state, context);
    boolean settled = state.impressions != null && settleImpressions(state, timestamp, context);
    if (settled && state.impressions == null) {
      stateOfId.clear();
    } else if (attributed || settled) {
      stateOfId.update(state);
    }
  }

  /** Returns whether a click was attributed, which changes the counts of its impression. */
  private boolean resolveClicks(List<Click> due, AttributionState state, OnTimerContext context) {
    boolean attributed = false;
    for (Click click : sorted(due)) {
      ImpressionState impression = impressionOf(click, state);
      if (impression == null) {
        context.output(UNATTRIBUTED, click);
      } else {
        attributed = true;
        List<String> invalidReasons = validity.invalidReasons(click, impression);
        impression.attributedClicks++;
        if (invalidReasons.isEmpty()) {
          impression.validClicks++;
        }
        context.output(ATTRIBUTED, new AttributedClick(click, impression, invalidReasons));
      }
    }
    return attributed;
  }

  private static List<Click> sorted(List<Click> clicks) {
    if (clicks.size() < 2) {
      return clicks;
    }
    List<Click> sorted = new ArrayList<>(clicks);
    sorted.sort(BY_TIME_THEN_ID);
    return sorted;
  }

  /** Returns whether an impression was settled, and so left the state. */
  private boolean settleImpressions(AttributionState state, long upTo, OnTimerContext context) {
    int before = state.impressions.size();
    for (Iterator<ImpressionState> kept = state.impressions.iterator(); kept.hasNext(); ) {
      ImpressionState impression = kept.next();
      long settledTime = impression.eventTime + windowMillis;
      if (settledTime <= upTo) {
        kept.remove();
        context.output(SETTLED, new SettledImpression(impression, settledTime));
      }
    }
    boolean settled = state.impressions.size() < before;
    state.impressions = nullIfEmpty(state.impressions);
    return settled;
  }

  private ImpressionState impressionOf(Click click, AttributionState state) {
    if (state.impressions != null) {
      for (ImpressionState impression : state.impressions) {
        if (impression.eventTime <= click.eventTime
            && click.eventTime <= impression.eventTime + windowMillis) {
          return impression;
        }
      }
    }
    return null;
  }

  private AttributionState stateOf(String id) throws Exception {
    AttributionState state = recentIds.mayContain(id) ? stateOfId.value() : null;
    return state == null ? new AttributionState() : state;
  }

  private static ImpressionState lastOf(List<ImpressionState> impressions) {
    return impressions.get(impressions.size() - 1);
  }

  private static <T> List<T> nullIfEmpty(List<T> list) {
    return list.isEmpty() ? null : list;
  }
}
