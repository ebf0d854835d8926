package adanalytics.window;

import adanalytics.state.CacheSize;
import adanalytics.state.CachingFunction;
import adanalytics.state.WriteBackCache;
import java.io.IOException;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Counts the events of each user. Keyed by user. No event may be at or behind the watermark.
 *
 * <p>The main output emits sliding windows with the weights for the engagement score. A window is
 * emitted once, when the watermark passes its end, if the user has an impression or a click in its
 * last slide. An event at the end of a window has the weight 1; the weight is halved for every half
 * window before the end and rounded to millionths. Sums of these integers do not depend on the
 * order of the events.
 *
 * <p>{@link #SHORT} and {@link #LONG} emit the windows of the fraud rules with the user as actor,
 * see {@link ActorCounter}.
 *
 * <p>{@link #DELTAS} emits what each event adds to the totals of its campaign, ad, publisher,
 * device type and country, and whether the user is new to that key in the window. So the number of
 * distinct users is a plain sum for each key, and the sets of users are distributed over all
 * subtasks, even for a hot key.
 *
 * <p>State: for each user, one value, a timer that removes it after its last window, and a timer
 * for each slide with an event. The campaigns, or the keys, of a user with more than {@value
 * DistinctMembers#MAX_IN_THE_VALUE} of them are entries of a map, for at most two windows after
 * each was last seen.
 */
final class UserWindows extends CachingFunction<UserEvent, UserWindow>
    implements ActorWindowsFunction {
  static final OutputTag<WindowDelta> DELTAS =
      new OutputTag<>("dimension-deltas", WindowDelta.type());

  static final OutputTag<ActorWindow> SHORT =
      new OutputTag<>("short-user-windows", ActorWindow.type());
  static final OutputTag<ActorWindow> LONG =
      new OutputTag<>("long-user-windows", ActorWindow.type());

  static final MapStateDescriptor<String, long[]> CAMPAIGNS_OF_USER =
      new MapStateDescriptor<>(
          "campaigns", Types.STRING, PrimitiveArrayTypeInfo.LONG_PRIMITIVE_ARRAY_TYPE_INFO);

  static final MapStateDescriptor<String, long[]> KEYS_OF_USER =
      new MapStateDescriptor<>(
          "keys", Types.STRING, PrimitiveArrayTypeInfo.LONG_PRIMITIVE_ARRAY_TYPE_INFO);

  private static final CacheSize CACHE_SIZE = CacheSize.heapDividedBy(12);

  private static final long serialVersionUID = 1L;

  private final ActorCounter counter;
  private final SlidingWindows engagement;
  private final SlidingWindows metrics;
  private transient WriteBackCache users;
  private transient MapState<String, long[]> campaignsOfUser;
  private transient MapState<String, long[]> keysOfUser;
  private transient DataOutputSerializer buffer;

  /**
   * @param settings which windows
   */
  UserWindows(WindowSettings settings) {
    this(settings, CACHE_SIZE);
  }

  /** With a cache of another size. */
  UserWindows(WindowSettings settings, CacheSize cacheSize) {
    super(cacheSize);
    counter = new ActorCounter(settings);
    engagement = settings.engagementWindows;
    metrics = settings.metricsWindows;
  }

  @Override
  public void open(OpenContext context) {
    users = cached(getRuntimeContext().getState(state()), 2 * counter.longWindows.windowMillis);
    campaignsOfUser = getRuntimeContext().getMapState(CAMPAIGNS_OF_USER);
    keysOfUser = getRuntimeContext().getMapState(KEYS_OF_USER);
    buffer = new DataOutputSerializer(256);
  }

  @Override
  public ValueStateDescriptor<byte[]> state() {
    return new ValueStateDescriptor<>(
        "user", PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO);
  }

  @Override
  public String thresholds() {
    return counter.thresholds();
  }

  @Override
  public void addTimers(String user, long ended) throws Exception {
    UserState state = read(users.get(user));
    if (counter.addTimers(ended, state.actor, timers(user, state, ended))) {
      users.put(user, encoded(state));
    }
  }

  private ActorTimers timers(String user, UserState state, long watermark) {
    return new ActorTimers(user, time -> hasTimer(time, state), timerGroups(), watermark);
  }

  private boolean hasTimer(long time, UserState state) {
    if (time == state.expiry || counter.hasTimer(time, state.actor)) {
      return true;
    }
    int ended = endingAfter(time, state);
    return ended != OpenWindows.NONE && state.open.counts[ended + UserState.HAS_NEWS] == 1;
  }

  /** The position of the counts of the engagement window that ends at this time. */
  private int endingAfter(long time, UserState state) {
    long window = engagement.slideOf(time + 1);
    return engagement.lastMoment(window) == time ? state.open.find(window) : OpenWindows.NONE;
  }

  @Override
  public void processElement(UserEvent event, Context context, Collector<UserWindow> out)
      throws Exception {
    String user = context.getCurrentKey();
    UserState state = read(users.get(user, keysWithValue()));
    ActorTimers timers = timers(user, state, context.timerService().currentWatermark());
    state.forgetUpTo(timers.watermark());
    long first = engagement.firstWindow(engagement.slideOf(event.time));
    state.count(event, first);
    if (event.what != UserEvent.VALID_CLICK) {
      putOutAtItsEnd(first, state, timers);
      counter.count(
          event.what == UserEvent.CLICK ? ActorCounter.CLICK : ActorCounter.IMPRESSION,
          event.time,
          null,
          state.actor,
          timers);
      countForDimensions(event, state, context);
    }
    if (state.expiry == UserState.NONE) {
      expireAt(state.lastMoment(), user, state, timers);
    }
    users.put(user, encoded(state));
  }

  private void putOutAtItsEnd(long window, UserState state, ActorTimers timers) throws Exception {
    int news = state.open.at(window) + UserState.HAS_NEWS;
    if (state.open.counts[news] == 0) {
      timers.set(engagement.lastMoment(window));
      state.open.counts[news] = 1;
    }
  }

  private void countForDimensions(UserEvent event, UserState state, Context context)
      throws Exception {
    count("campaign:" + event.campaignId, event, state, context);
    count("ad:" + event.adId, event, state, context);
    count(TotalsWindows.PUBLISHER + event.publisherId, event, state, context);
    count("device_type:" + event.deviceType, event, state, context);
    count("country:" + event.country, event, state, context);
  }

  private void count(String key, UserEvent event, UserState state, Context context)
      throws Exception {
    long slide = metrics.slideOf(event.time);
    boolean isClick = event.what == UserEvent.CLICK;
    context.output(
        DELTAS,
        new WindowDelta(
            key,
            metrics.firstWindow(slide),
            isClick ? 0 : 1,
            isClick ? 1 : 0,
            event.costMicros,
            state.isNewTo(key, slide) ? 1 : 0));
  }

  private void expireAt(long time, String user, UserState state, ActorTimers timers)
      throws Exception {
    timers.set(time);
    state.expiry = time;
    keysWithValue().add(user, time, timers.watermark());
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<UserWindow> out)
      throws Exception {
    String user = context.getCurrentKey();
    DataInputView value = users.get(user);
    if (value == null) {
      return;
    }
    UserState state = read(value);
    putOutAsActor(timestamp, state, context);
    int ended = endingAfter(timestamp, state);
    if (ended != OpenWindows.NONE && state.open.counts[ended + UserState.HAS_NEWS] == 1) {
      out.collect(userWindow(user, engagement.slideOf(timestamp + 1), state.open.countsAt(ended)));
    }
    if (timestamp < state.expiry) {
      // The value is written with the user's next event; until then it only contains more than
      // necessary.
      return;
    }
    state.forgetUpTo(timestamp);
    state.forgetEntriesUpTo(timestamp);
    long last = state.lastMoment();
    if (last == UserState.NONE) {
      state.clear();
      users.remove(user);
    } else {
      expireAt(last, user, state, timers(user, state, context.timerService().currentWatermark()));
      users.put(user, encoded(state));
    }
  }

  private void putOutAsActor(long timestamp, UserState state, OnTimerContext context)
      throws IOException {
    ActorWindow shortWindow = counter.shortWindow(timestamp, state.actor);
    if (shortWindow != null) {
      context.output(SHORT, shortWindow.of("user", context.getCurrentKey()));
    }
    ActorWindow longWindow = counter.longWindow(timestamp, state.actor);
    if (longWindow != null) {
      context.output(LONG, longWindow.of("user", context.getCurrentKey()));
    }
  }

  private UserState read(DataInputView value) throws Exception {
    UserState state = new UserState(counter, engagement, metrics, campaignsOfUser, keysOfUser);
    if (value != null) {
      StateFormat.read(value, counter.shortWindows, counter.longWindows, engagement, metrics);
      state.read(value);
    }
    return state;
  }

  private DataOutputSerializer encoded(UserState state) throws Exception {
    buffer.clear();
    StateFormat.write(buffer, counter.shortWindows, counter.longWindows, engagement, metrics);
    state.write(buffer);
    return buffer;
  }

  private UserWindow userWindow(String userId, long window, long[] counts) {
    UserWindow out = new UserWindow();
    out.userId = userId;
    out.windowStart = engagement.start(window);
    out.windowEnd = engagement.end(window);
    out.impressions = counts[UserState.IMPRESSIONS];
    out.clicks = counts[UserState.CLICKS];
    out.campaigns = counts[UserState.CAMPAIGNS];
    out.impressionWeight = counts[UserState.IMPRESSION_WEIGHT];
    out.validClickWeight = counts[UserState.VALID_CLICK_WEIGHT];
    out.scoringCampaigns = counts[UserState.SCORING_CAMPAIGNS];
    return out;
  }
}
