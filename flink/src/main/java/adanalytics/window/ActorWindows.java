package adanalytics.window;

import static adanalytics.window.ActorState.CLICKS;
import static adanalytics.window.ActorState.GAPS;
import static adanalytics.window.ActorState.HAS_TIMER;
import static adanalytics.window.ActorState.IMPRESSIONS;
import static adanalytics.window.ActorState.UNATTRIBUTED_CLICKS;
import static adanalytics.window.ActorState.USERS;

import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.streaming.api.TimerService;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * What each actor does in sliding windows, short and long ones, as far as the rules about invalid
 * traffic ask for it. Keyed by actor; the main output are the short windows, {@link #LONG} the long
 * ones, each once, when the watermark passes its end.
 *
 * <p>An event is added to all open windows it is in. Only a window that becomes reportable gets a
 * timer; of the others, nearly all, nothing is read or written when they end.
 *
 * <p>State: one value for each actor and one timer to clear it, until its last window has ended,
 * and, if many users share an address, one entry for each of them, for at most two long windows
 * after it was last seen.
 */
final class ActorWindows extends KeyedProcessFunction<String, ActorEvent, ActorWindow> {
  static final OutputTag<ActorWindow> LONG =
      new OutputTag<>("long-actor-windows", ActorWindow.type());

  static final MapStateDescriptor<String, long[]> USERS_OF_ACTOR =
      new MapStateDescriptor<>(
          "users", Types.STRING, PrimitiveArrayTypeInfo.LONG_PRIMITIVE_ARRAY_TYPE_INFO);

  private static final long serialVersionUID = 1L;

  private final SlidingWindows shortWindows;
  private final SlidingWindows longWindows;
  private final ReportableWindows reportable;
  private transient ValueState<byte[]> stateOfActor;
  private transient MapState<String, long[]> usersOfActor;
  private transient DataOutputSerializer buffer;

  ActorWindows(
      SlidingWindows shortWindows, SlidingWindows longWindows, ReportableWindows reportable) {
    this.shortWindows = shortWindows;
    this.longWindows = longWindows;
    this.reportable = reportable;
  }

  @Override
  public void open(OpenContext context) {
    stateOfActor =
        getRuntimeContext()
            .getState(
                new ValueStateDescriptor<>(
                    "actor", PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO));
    usersOfActor = getRuntimeContext().getMapState(USERS_OF_ACTOR);
    buffer = new DataOutputSerializer(256);
  }

  @Override
  public void processElement(ActorEvent event, Context context, Collector<ActorWindow> out)
      throws Exception {
    TimerService timers = context.timerService();
    ActorState state = currentState();
    state.forgetUpTo(timers.currentWatermark());
    countInShort(event, state, timers);
    if (event.what != ActorEvent.UNATTRIBUTED_CLICK) {
      countInLong(event, state, timers);
    }
    if (state.isEmpty()) {
      return;
    }
    if (state.expiry == 0) {
      expireAtTheEndOf(state.lastNeeded(), state, timers);
    }
    stateOfActor.update(state.toBytes(buffer));
  }

  private void countInShort(ActorEvent event, ActorState state, TimerService timers) {
    long slide = shortWindows.slideOf(event.time);
    long last = shortWindows.lastWindow(slide);
    for (long window = firstOpen(shortWindows, slide, timers); window <= last; window++) {
      long[] counts = state.shortOpen.getOrCreate(window).counts;
      counts[shortCount(event.what)]++;
      if (counts[HAS_TIMER] == 0
          && reportable.isShort(counts[IMPRESSIONS], counts[CLICKS], counts[UNATTRIBUTED_CLICKS])) {
        counts[HAS_TIMER] = 1;
        timers.registerEventTimeTimer(shortWindows.lastMoment(window));
      }
    }
  }

  private static int shortCount(byte what) {
    switch (what) {
      case ActorEvent.IMPRESSION:
        return IMPRESSIONS;
      case ActorEvent.CLICK:
        return CLICKS;
      default:
        return UNATTRIBUTED_CLICKS;
    }
  }

  private void countInLong(ActorEvent event, ActorState state, TimerService timers)
      throws Exception {
    long slide = longWindows.slideOf(event.time);
    long first = firstOpen(longWindows, slide, timers);
    long last = longWindows.lastWindow(slide);
    boolean isClick = event.what == ActorEvent.CLICK;
    for (long window = first; window <= last; window++) {
      state.longOpen.getOrCreate(window).counts[isClick ? CLICKS : IMPRESSIONS]++;
    }
    if (isClick) {
      state.pendingClicks.add(event.time);
    }
    if (event.userId != null && first <= last) {
      state.users.see(
          event.userId,
          slide,
          window -> {
            if (window >= first) {
              state.longOpen.getOrCreate(window).counts[USERS]++;
            }
          });
    }
    for (long window = first; window <= last; window++) {
      long[] counts = state.longOpen.get(window).counts;
      if (counts[HAS_TIMER] == 0
          && reportable.isLong(counts[IMPRESSIONS], counts[CLICKS], counts[USERS])) {
        counts[HAS_TIMER] = 1;
        timers.registerEventTimeTimer(longWindows.lastMoment(window));
      }
    }
  }

  /**
   * The first window of a slide that can still be put out. It is the slide's first: nothing that
   * comes here is late.
   */
  private static long firstOpen(SlidingWindows windows, long slide, TimerService timers) {
    return Math.max(windows.firstWindow(slide), windows.firstOpenWindow(timers.currentWatermark()));
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<ActorWindow> out)
      throws Exception {
    byte[] bytes = stateOfActor.value();
    if (bytes == null) {
      return;
    }
    ActorState state = ActorState.of(bytes, shortWindows, longWindows, usersOfActor);
    OpenWindow shortWindow = endingAfter(timestamp, shortWindows, state.shortOpen);
    if (shortWindow != null) {
      out.collect(shortWindow(shortWindow, context.getCurrentKey()));
    }
    OpenWindow longWindow = endingAfter(timestamp, longWindows, state.longOpen);
    if (longWindow != null) {
      state.settleClicks(timestamp, longWindow.window);
      context.output(LONG, longWindow(longWindow, context.getCurrentKey()));
    }
    if (timestamp >= longWindows.lastMoment(state.expiry)) {
      expire(state, timestamp, context.timerService());
    }
  }

  /** The window whose last moment this is, if it is to be put out. */
  private static OpenWindow endingAfter(long time, SlidingWindows windows, OpenWindows open) {
    long window = windows.slideOf(time + 1);
    OpenWindow ended = windows.lastMoment(window) == time ? open.get(window) : null;
    return ended != null && ended.counts[HAS_TIMER] == 1 ? ended : null;
  }

  private void expire(ActorState state, long time, TimerService timers) throws Exception {
    state.forgetUpTo(time);
    if (state.isEmpty()) {
      state.users.clear();
      stateOfActor.clear();
    } else {
      state.users.forgetInMapBefore(longWindows.firstOpenWindow(time));
      expireAtTheEndOf(state.lastNeeded(), state, timers);
      stateOfActor.update(state.toBytes(buffer));
    }
  }

  private void expireAtTheEndOf(long window, ActorState state, TimerService timers) {
    state.expiry = window;
    timers.registerEventTimeTimer(longWindows.lastMoment(window));
  }

  private ActorState currentState() throws Exception {
    byte[] bytes = stateOfActor.value();
    return bytes == null
        ? ActorState.empty(shortWindows, longWindows, usersOfActor)
        : ActorState.of(bytes, shortWindows, longWindows, usersOfActor);
  }

  private ActorWindow shortWindow(OpenWindow window, String actor) {
    ActorWindow out = actorWindow(window, shortWindows, actor);
    out.unattributedClicks = window.counts[UNATTRIBUTED_CLICKS];
    return out;
  }

  private ActorWindow longWindow(OpenWindow window, String actor) {
    ActorWindow out = actorWindow(window, longWindows, actor);
    out.users = window.counts[USERS];
    out.clickGapVariation = ClickGaps.variation(window.counts, GAPS);
    return out;
  }

  private static ActorWindow actorWindow(OpenWindow window, SlidingWindows windows, String actor) {
    ActorWindow out = new ActorWindow();
    out.actorType = ActorEvent.actorType(actor);
    out.actorId = ActorEvent.actorId(actor);
    out.windowStart = windows.start(window.window);
    out.windowEnd = windows.end(window.window);
    out.impressions = window.counts[IMPRESSIONS];
    out.clicks = window.counts[CLICKS];
    return out;
  }
}
