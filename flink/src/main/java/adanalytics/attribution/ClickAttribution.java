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
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.TaskInfo;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.runtime.state.KeyedStateBackend;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Finds the impression that each click belongs to. Keyed by impression_id. The main output emits
 * each accepted impression immediately, for metrics that do not wait for the join.
 *
 * <p>A click is resolved when the watermark reaches its time: from then on, an impression at or
 * before that time would be late. Clicks of one impression are resolved in the order of time, then
 * of click_id. So the outcome, including which click is the duplicate, does not depend on the order
 * of arrival.
 *
 * <p>An impression is a duplicate if an impression with the same id was accepted and its
 * attribution window has not ended. After that window the id counts as a new impression. The
 * windows of one id cannot overlap, so each click is in the window of one impression. State is
 * removed only when every event that would need it is late.
 *
 * <p>All of this follows from event times, never from whether state still exists. So an impression
 * may be removed at any time after its attribution window has closed, and one timer removes many,
 * see {@link TimerGroups}.
 *
 * <p>State: one value for each impression_id, until the watermark is an attribution window and up
 * to a {@link ExpiryTime#PERIODS_OF_WINDOW}th of it past the impression; its id in a group with one
 * timer; a click with a timer until the watermark reaches it, see {@link PendingClickStore}. In
 * event time that is the attribution window plus {@code max.out.of.orderness} plus the lead that
 * the source allows a fast shard. On the heap, some 10 bits for each impression_id, see {@link
 * RecentIds}.
 */
final class ClickAttribution extends RestoredFunction<InputRecord<Impression>, Click, Impression>
    implements CheckpointedFunction {
  static final OutputTag<AttributedClick> ATTRIBUTED =
      new OutputTag<>("attributed-clicks", AttributionTypes.attributedClick());
  static final OutputTag<Click> UNATTRIBUTED =
      new OutputTag<>("unattributed-clicks", EventTypes.click());

  /** Impressions of release 0.1.0 whose attribution window has closed. */
  static final OutputTag<SettledImpression> SETTLED =
      new OutputTag<>("settled-impressions", AttributionTypes.settledImpression());

  static final OutputTag<LateEvent> LATE =
      new OutputTag<>("late-impressions", EventTypes.lateEvent());

  private static final long serialVersionUID = 1L;
  private static final String STATE = "impression-id";

  /** Of clicks of the same millisecond, the first is that with the lowest id in UTF-8. */
  private static final Comparator<Click> BY_TIME_THEN_ID =
      Comparator.<Click>comparingLong(click -> click.eventTime)
          .thenComparing(ClickAttribution::idInUtf8, Arrays::compareUnsigned);

  private final long windowMillis;
  private final ClickValidity validity;
  private final Lateness lateness;
  private transient ValueState<AttributionState> stateOfId;
  private transient RecentIds recentIds;
  private transient PendingClickStore pendingClicks;

  /**
   * Ids that were reused before their earlier impression was removed, with the time of that
   * removal: the timer group of that time must not remove the later impression. An id stays here
   * for less than the lead of an impression over the watermark plus the period of a group.
   */
  private transient Map<String, Long> usedAgain;

  private transient ListState<Tuple2<String, Long>> usedAgainState;
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
  public void initializeState(FunctionInitializationContext context) throws Exception {
    // Union: an id may be in another subtask from now on.
    usedAgainState =
        context
            .getOperatorStateStore()
            .getUnionListState(
                new ListStateDescriptor<>("ids-used-again", Types.TUPLE(Types.STRING, Types.LONG)));
    usedAgain = new HashMap<>();
    for (Tuple2<String, Long> entry : usedAgainState.get()) {
      if (isOwn(entry.f0)) {
        usedAgain.put(entry.f0, entry.f1);
      }
    }
  }

  @Override
  public void snapshotState(FunctionSnapshotContext context) throws Exception {
    List<Tuple2<String, Long>> entries = new ArrayList<>(usedAgain.size());
    usedAgain.forEach((id, time) -> entries.add(Tuple2.of(id, time)));
    usedAgainState.update(entries);
  }

  private boolean isOwn(String id) {
    TaskInfo task = getRuntimeContext().getTaskInfo();
    int subtask =
        KeyGroupRangeAssignment.assignKeyToParallelOperator(
            id, task.getMaxNumberOfParallelSubtasks(), task.getNumberOfParallelSubtasks());
    return subtask == task.getIndexOfThisSubtask();
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
    recentIds.addRestored(state, STATE);
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
    if (!state.impressions.isEmpty()) {
      usedAgain.put(impression.impressionId, forgottenAt(lastOf(state.impressions)));
    }
    ImpressionState accepted = ImpressionState.of(impression);
    state.impressions.add(accepted);
    stateOfId.update(state);
    long forgottenAt = forgottenAt(accepted);
    expiring().add(impression.impressionId, forgottenAt);
    recentIds.add(impression.impressionId, forgottenAt, context.timerService().currentWatermark());
    out.collect(impression);
  }

  @Override
  public void processElement2(Click click, Context context, Collector<Impression> out)
      throws Exception {
    // Never late here: ClickDeduplicator has checked it against a watermark that is at least as
    // late.
    pendingClicks.add(click);
    context.timerService().registerEventTimeTimer(click.eventTime);
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<Impression> out)
      throws Exception {
    List<Click> due = pendingClicks.take(timestamp);
    AttributionState state = stateOf(context.getCurrentKey());
    boolean attributed = resolveClicks(due, state, context);
    boolean settled = state.impressions != null && settleImpressions(state, timestamp, context);
    if (settled && state.impressions.isEmpty()) {
      stateOfId.clear();
    } else if (attributed || settled) {
      stateOfId.update(state);
    }
  }

  /** Removes the impressions of the current key that expire at this time. */
  @Override
  void forget(String id, long time) throws Exception {
    Long usedUntil = usedAgain.get(id);
    if (usedUntil == null) {
      // Its only impression: RocksDB deletes a value faster than it reads one.
      stateOfId.clear();
      return;
    }
    if (usedUntil <= time) {
      usedAgain.remove(id);
    }
    AttributionState state = stateOfId.value();
    state.impressions.removeIf(impression -> forgottenAt(impression) <= time);
    if (state.impressions.isEmpty()) {
      stateOfId.clear();
    } else {
      stateOfId.update(state);
    }
  }

  private long forgottenAt(ImpressionState impression) {
    return ExpiryTime.after(impression.eventTime, windowMillis);
  }

  private static byte[] idInUtf8(Click click) {
    return click.clickId.getBytes(StandardCharsets.UTF_8);
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

  /**
   * Returns whether an impression of release 0.1.0 was settled and therefore removed from the
   * state.
   */
  private boolean settleImpressions(AttributionState state, long upTo, OnTimerContext context) {
    boolean settled = false;
    for (Iterator<ImpressionState> kept = state.impressions.iterator(); kept.hasNext(); ) {
      ImpressionState impression = kept.next();
      long settledTime = impression.eventTime + windowMillis;
      if (!impression.isCounted && settledTime <= upTo) {
        kept.remove();
        settled = true;
        context.output(SETTLED, new SettledImpression(impression, settledTime));
      }
    }
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
}
