package adanalytics.window;

import static adanalytics.window.ActorState.CLICKS;
import static adanalytics.window.ActorState.GAPS;
import static adanalytics.window.ActorState.HAS_TIMER;
import static adanalytics.window.ActorState.IMPRESSIONS;
import static adanalytics.window.ActorState.UNATTRIBUTED_CLICKS;
import static adanalytics.window.ActorState.USERS;

import java.io.Serializable;
import java.util.function.Consumer;
import org.apache.flink.streaming.api.TimerService;

/**
 * Counts what an actor, an address or a user, does in short and long sliding windows, as far as the
 * rules about invalid traffic ask for it.
 *
 * <p>An event is added to all windows it is in. Only a window that becomes reportable gets a timer;
 * of the others, nearly all, nothing is read or written when they end.
 */
final class ActorCounter implements Serializable {
  static final byte IMPRESSION = 0;
  static final byte CLICK = 1;
  static final byte UNATTRIBUTED_CLICK = 2;

  private static final long serialVersionUID = 1L;

  final SlidingWindows shortWindows;
  final SlidingWindows longWindows;
  private final ReportableWindows reportable;

  /**
   * @param settings which windows, and which of them are reportable
   */
  ActorCounter(WindowSettings settings) {
    shortWindows = settings.shortWindows;
    longWindows = settings.longWindows;
    reportable = settings.reportable;
  }

  /**
   * Counts an event that is not behind the watermark.
   *
   * @param what one of the constants of this class
   * @param time of the event, in milliseconds since the epoch
   * @param userId who used the address; null when the actor is a user
   * @param state of the actor
   * @param timers of the actor
   */
  void count(byte what, long time, String userId, ActorState state, TimerService timers)
      throws Exception {
    countInShort(what, time, state, timers);
    if (what != UNATTRIBUTED_CLICK) {
      countInLong(what, time, userId, state, timers);
    }
  }

  private void countInShort(byte what, long time, ActorState state, TimerService timers) {
    long slide = shortWindows.slideOf(time);
    long last = shortWindows.lastWindow(slide);
    for (long window = firstOpen(shortWindows, slide, timers); window <= last; window++) {
      long[] counts = state.shortOpen.getOrCreate(window).counts;
      counts[shortCount(what)]++;
      if (counts[HAS_TIMER] == 0
          && reportable.isShort(counts[IMPRESSIONS], counts[CLICKS], counts[UNATTRIBUTED_CLICKS])) {
        counts[HAS_TIMER] = 1;
        timers.registerEventTimeTimer(shortWindows.lastMoment(window));
      }
    }
  }

  private static int shortCount(byte what) {
    switch (what) {
      case IMPRESSION:
        return IMPRESSIONS;
      case CLICK:
        return CLICKS;
      default:
        return UNATTRIBUTED_CLICKS;
    }
  }

  private void countInLong(
      byte what, long time, String userId, ActorState state, TimerService timers) throws Exception {
    long slide = longWindows.slideOf(time);
    long first = firstOpen(longWindows, slide, timers);
    long last = longWindows.lastWindow(slide);
    boolean isClick = what == CLICK;
    for (long window = first; window <= last; window++) {
      state.longOpen.getOrCreate(window).counts[isClick ? CLICKS : IMPRESSIONS]++;
    }
    if (isClick) {
      state.pendingClicks.add(time);
    }
    if (userId != null && first <= last) {
      state.users.see(
          userId,
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

  /**
   * @param time of a timer
   * @param state of the actor
   * @return the reportable short window whose last moment this is; null when there is none
   */
  ActorWindow shortWindow(long time, ActorState state) {
    OpenWindow window = endingAfter(time, shortWindows, state.shortOpen);
    return window == null ? null : shortWindow(window);
  }

  /** As {@link #shortWindow}, of long windows. */
  ActorWindow longWindow(long time, ActorState state) {
    OpenWindow window = endingAfter(time, longWindows, state.longOpen);
    if (window == null) {
      return null;
    }
    state.settleClicks(time, window.window);
    return longWindow(window);
  }

  /** The window whose last moment this is, if it is to be put out. */
  private static OpenWindow endingAfter(long time, SlidingWindows windows, OpenWindows open) {
    long window = windows.slideOf(time + 1);
    OpenWindow ended = windows.lastMoment(window) == time ? open.get(window) : null;
    return ended != null && ended.counts[HAS_TIMER] == 1 ? ended : null;
  }

  /**
   * Puts out the windows that have ended and are reportable, but have no timer: those that were
   * open when the job was started with lower thresholds, and in which nothing was counted since.
   * With the thresholds that a window was counted with, there are none. Comes before the windows
   * are forgotten.
   *
   * @param time that the watermark has reached
   * @param state of the actor
   * @param shortOut takes the short windows
   * @param longOut takes the long windows
   */
  void putOutWithoutTimer(
      long time, ActorState state, Consumer<ActorWindow> shortOut, Consumer<ActorWindow> longOut) {
    long firstShort = shortWindows.firstOpenWindow(time);
    for (OpenWindow ended : state.shortOpen.before(firstShort)) {
      long[] counts = ended.counts;
      if (counts[HAS_TIMER] == 0
          && reportable.isShort(counts[IMPRESSIONS], counts[CLICKS], counts[UNATTRIBUTED_CLICKS])) {
        shortOut.accept(shortWindow(ended));
      }
    }
    long firstLong = longWindows.firstOpenWindow(time);
    for (OpenWindow ended : state.longOpen.before(firstLong)) {
      long[] counts = ended.counts;
      if (counts[HAS_TIMER] == 0
          && reportable.isLong(counts[IMPRESSIONS], counts[CLICKS], counts[USERS])) {
        state.settleClicks(time, ended.window);
        longOut.accept(longWindow(ended));
      }
    }
  }

  private ActorWindow shortWindow(OpenWindow window) {
    ActorWindow out = actorWindow(window, shortWindows);
    out.unattributedClicks = window.counts[UNATTRIBUTED_CLICKS];
    return out;
  }

  private ActorWindow longWindow(OpenWindow window) {
    ActorWindow out = actorWindow(window, longWindows);
    out.users = window.counts[USERS];
    out.clickGapVariation = ClickGaps.variation(window.counts, GAPS);
    return out;
  }

  private static ActorWindow actorWindow(OpenWindow window, SlidingWindows windows) {
    ActorWindow out = new ActorWindow();
    out.windowStart = windows.start(window.window);
    out.windowEnd = windows.end(window.window);
    out.impressions = window.counts[IMPRESSIONS];
    out.clicks = window.counts[CLICKS];
    return out;
  }
}
