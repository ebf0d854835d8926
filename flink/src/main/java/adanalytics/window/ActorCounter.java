package adanalytics.window;

import static adanalytics.window.ActorState.CLICKS;
import static adanalytics.window.ActorState.GAPS;
import static adanalytics.window.ActorState.HAS_TIMER;
import static adanalytics.window.ActorState.IMPRESSIONS;
import static adanalytics.window.ActorState.UNATTRIBUTED_CLICKS;
import static adanalytics.window.ActorState.USERS;

import java.io.Serializable;
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
      addShortTimer(window, counts, timers);
    }
  }

  private boolean addShortTimer(long window, long[] counts, TimerService timers) {
    if (counts[HAS_TIMER] == 1
        || !reportable.isShort(counts[IMPRESSIONS], counts[CLICKS], counts[UNATTRIBUTED_CLICKS])) {
      return false;
    }
    counts[HAS_TIMER] = 1;
    timers.registerEventTimeTimer(shortWindows.lastMoment(window));
    return true;
  }

  private boolean addLongTimer(long window, long[] counts, TimerService timers) {
    if (counts[HAS_TIMER] == 1
        || !reportable.isLong(counts[IMPRESSIONS], counts[CLICKS], counts[USERS])) {
      return false;
    }
    counts[HAS_TIMER] = 1;
    timers.registerEventTimeTimer(longWindows.lastMoment(window));
    return true;
  }

  /**
   * Adds the timers of the windows that the thresholds of today make reportable, and those that
   * they were counted with did not.
   *
   * @param ended what had ended at this watermark was judged by the earlier thresholds
   * @param state of the actor
   * @param timers of the actor
   * @return whether the state was changed
   */
  boolean addTimers(long ended, ActorState state, TimerService timers) {
    boolean changed = false;
    for (OpenWindow open : state.shortOpen.all()) {
      changed |=
          shortWindows.lastMoment(open.window) > ended
              && addShortTimer(open.window, open.counts, timers);
    }
    for (OpenWindow open : state.longOpen.all()) {
      changed |=
          longWindows.lastMoment(open.window) > ended
              && addLongTimer(open.window, open.counts, timers);
    }
    return changed;
  }

  /** What tells one set of thresholds from another. */
  String thresholds() {
    return reportable.toString();
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
      addLongTimer(window, state.longOpen.get(window).counts, timers);
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
    if (window == null) {
      return null;
    }
    ActorWindow out = actorWindow(window, shortWindows);
    out.unattributedClicks = window.counts[UNATTRIBUTED_CLICKS];
    return out;
  }

  /** As {@link #shortWindow}, of long windows. */
  ActorWindow longWindow(long time, ActorState state) {
    OpenWindow window = endingAfter(time, longWindows, state.longOpen);
    if (window == null) {
      return null;
    }
    state.settleClicks(time, window.window);
    ActorWindow out = actorWindow(window, longWindows);
    out.users = window.counts[USERS];
    out.clickGapVariation = ClickGaps.variation(window.counts, GAPS);
    return out;
  }

  /** The window whose last moment this is, if it is to be put out. */
  private static OpenWindow endingAfter(long time, SlidingWindows windows, OpenWindows open) {
    long window = windows.slideOf(time + 1);
    OpenWindow ended = windows.lastMoment(window) == time ? open.get(window) : null;
    return ended != null && ended.counts[HAS_TIMER] == 1 ? ended : null;
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
