package adanalytics.window;

import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * What each user does with ads in sliding windows, with the weights for the engagement score. Keyed
 * by user. A window comes once, when the watermark passes its end, if the user has an impression or
 * a click in its last slide: a score when there is news of a user.
 *
 * <p>An event weighs one at a window's end and half as much for every half window that it lies
 * before it, rounded to millionths: whole numbers, whose sum does not depend on the order.
 *
 * <p>State: one value for each user and one timer to clear it, until its last window has ended, one
 * timer for each slide with an event, and, if a user is shown very many campaigns, one entry for
 * each of them, for at most two windows after it was last seen.
 */
final class EngagementWindows extends KeyedProcessFunction<String, EngagementEvent, UserWindow> {
  static final MapStateDescriptor<String, long[]> CAMPAIGNS_OF_USER =
      new MapStateDescriptor<>(
          "campaigns", Types.STRING, PrimitiveArrayTypeInfo.LONG_PRIMITIVE_ARRAY_TYPE_INFO);

  private static final long serialVersionUID = 1L;

  private final SlidingWindows windows;
  private transient ValueState<byte[]> stateOfUser;
  private transient MapState<String, long[]> campaignsOfUser;
  private transient DataOutputSerializer buffer;

  EngagementWindows(SlidingWindows windows) {
    this.windows = windows;
  }

  @Override
  public void open(OpenContext context) {
    stateOfUser =
        getRuntimeContext()
            .getState(
                new ValueStateDescriptor<>(
                    "user", PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO));
    campaignsOfUser = getRuntimeContext().getMapState(CAMPAIGNS_OF_USER);
    buffer = new DataOutputSerializer(256);
  }

  @Override
  public void processElement(EngagementEvent event, Context context, Collector<UserWindow> out)
      throws Exception {
    long watermark = context.timerService().currentWatermark();
    byte[] bytes = stateOfUser.value();
    EngagementState state =
        bytes == null
            ? EngagementState.empty(windows, campaignsOfUser)
            : EngagementState.of(bytes, windows, campaignsOfUser);
    state.forgetUpTo(watermark);
    long slide = windows.slideOf(event.time);
    // The slide's first window: nothing that comes here is late.
    long first = Math.max(windows.firstWindow(slide), windows.firstOpenWindow(watermark));
    state.count(event, first);
    if (state.open.isEmpty()) {
      return;
    }
    if (event.what != EngagementEvent.VALID_CLICK && first == windows.firstWindow(slide)) {
      putOutAtItsEnd(first, state, context);
    }
    if (state.expiry == 0) {
      expireAtTheEndOf(state.open.last(), state, context);
    }
    stateOfUser.update(state.toBytes(buffer));
  }

  private void putOutAtItsEnd(long window, EngagementState state, Context context) {
    long[] counts = state.open.getOrCreate(window).counts;
    if (counts[EngagementState.HAS_NEWS] == 0) {
      counts[EngagementState.HAS_NEWS] = 1;
      context.timerService().registerEventTimeTimer(windows.lastMoment(window));
    }
  }

  private void expireAtTheEndOf(long window, EngagementState state, Context context) {
    state.expiry = window;
    context.timerService().registerEventTimeTimer(windows.lastMoment(window));
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<UserWindow> out)
      throws Exception {
    byte[] bytes = stateOfUser.value();
    if (bytes == null) {
      return;
    }
    EngagementState state = EngagementState.of(bytes, windows, campaignsOfUser);
    OpenWindow ended = state.open.get(windows.slideOf(timestamp + 1));
    if (ended != null && ended.counts[EngagementState.HAS_NEWS] == 1) {
      out.collect(userWindow(ended, context.getCurrentKey()));
    }
    if (timestamp < windows.lastMoment(state.expiry)) {
      // The value is written with the user's next event; until then it only holds more than needed.
      return;
    }
    state.forgetUpTo(timestamp);
    if (state.open.isEmpty()) {
      state.clear();
      stateOfUser.clear();
    } else {
      state.forgetEntriesUpTo(timestamp);
      expireAtTheEndOf(state.open.last(), state, context);
      stateOfUser.update(state.toBytes(buffer));
    }
  }

  private UserWindow userWindow(OpenWindow window, String userId) {
    UserWindow out = new UserWindow();
    out.userId = userId;
    out.windowStart = windows.start(window.window);
    out.windowEnd = windows.end(window.window);
    out.impressions = window.counts[EngagementState.IMPRESSIONS];
    out.clicks = window.counts[EngagementState.CLICKS];
    out.campaigns = window.counts[EngagementState.CAMPAIGNS];
    out.impressionWeight = window.counts[EngagementState.IMPRESSION_WEIGHT];
    out.validClickWeight = window.counts[EngagementState.VALID_CLICK_WEIGHT];
    out.scoringCampaigns = window.counts[EngagementState.SCORING_CAMPAIGNS];
    return out;
  }
}
