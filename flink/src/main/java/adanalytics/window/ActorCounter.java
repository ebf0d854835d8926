package adanalytics.window;

import static adanalytics.window.ActorState.CLICKS;
import static adanalytics.window.ActorState.GAPS;
import static adanalytics.window.ActorState.HAS_TIMER;
import static adanalytics.window.ActorState.IMPRESSIONS;
import static adanalytics.window.ActorState.LONG_COUNTS;
import static adanalytics.window.ActorState.SHORT_COUNTS;
import static adanalytics.window.ActorState.UNATTRIBUTED_CLICKS;
import static adanalytics.window.ActorState.USERS;

import java.io.IOException;
import java.io.Serializable;

/**
 * Counts the events of an actor (an ip address or a user) in short and long sliding windows, for
 * the fraud rules.
 *
 * <p>An event is added to all its windows. Only a window that becomes reportable gets a timer. The
 * other windows, which are nearly all, end without a read or write of the state.
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
   * @param settings the sizes of the windows, and which of them are reportable
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
  void count(byte what, long time, String userId, ActorState state, ActorTimers timers)
      throws Exception {
    countInShort(what, time, state, timers);
    if (what != UNATTRIBUTED_CLICK) {
      countInLong(what, time, userId, state, timers);
    }
  }

  private void countInShort(byte what, long time, ActorState state, ActorTimers timers)
      throws Exception {
    long slide = shortWindows.slideOf(time);
    long first = firstOpen(shortWindows, slide, timers);
    long last = shortWindows.lastWindow(slide);
    if (first > last) {
      return;
    }
    int at = state.shortOpen.at(first, last);
    for (long window = first; window <= last; window++, at += SHORT_COUNTS) {
      state.shortOpen.counts[at + shortCount(what)]++;
      addShortTimer(window, state.shortOpen.counts, at, timers);
    }
  }

  private boolean addShortTimer(long window, long[] counts, int at, ActorTimers timers)
      throws Exception {
    if (counts[at + HAS_TIMER] == 1
        || !reportable.isShort(
            counts[at + IMPRESSIONS], counts[at + CLICKS], counts[at + UNATTRIBUTED_CLICKS])) {
      return false;
    }
    timers.set(shortWindows.lastMoment(window));
    counts[at + HAS_TIMER] = 1;
    return true;
  }

  private boolean addLongTimer(long window, long[] counts, int at, ActorTimers timers)
      throws Exception {
    if (counts[at + HAS_TIMER] == 1
        || !reportable.isLong(counts[at + IMPRESSIONS], counts[at + CLICKS], counts[at + USERS])) {
      return false;
    }
    timers.set(longWindows.lastMoment(window));
    counts[at + HAS_TIMER] = 1;
    return true;
  }

  /**
   * Adds the timers of the windows that are reportable by the current thresholds, but were not by
   * the earlier ones.
   *
   * @param ended watermark; windows that ended at or before it were evaluated with the earlier
   *     thresholds
   * @param state of the actor
   * @param timers of the actor
   * @return whether the state was changed
   */
  boolean addTimers(long ended, ActorState state, ActorTimers timers) throws Exception {
    boolean changed = false;
    for (int i = 0; i < state.shortOpen.size(); i++) {
      long window = state.shortOpen.window(i);
      changed |=
          shortWindows.lastMoment(window) > ended
              && addShortTimer(window, state.shortOpen.counts, i * SHORT_COUNTS, timers);
    }
    for (int i = 0; i < state.longOpen.size(); i++) {
      long window = state.longOpen.window(i);
      changed |=
          longWindows.lastMoment(window) > ended
              && addLongTimer(window, state.longOpen.counts, i * LONG_COUNTS, timers);
    }
    return changed;
  }

  /** Identifies a set of thresholds. */
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
      byte what, long time, String userId, ActorState state, ActorTimers timers) throws Exception {
    long slide = longWindows.slideOf(time);
    long first = firstOpen(longWindows, slide, timers);
    long last = longWindows.lastWindow(slide);
    if (first > last) {
      return;
    }
    int start = state.longOpen.at(first, last);
    long[] counts = state.longOpen.counts;
    if (what == CLICK) {
      state.pendingClicks.add(time);
    }
    if (userId != null) {
      state.users.see(
          userId,
          slide,
          window -> {
            if (window >= first) {
              counts[start + (int) (window - first) * LONG_COUNTS + USERS]++;
            }
          });
    }
    int at = start;
    for (long window = first; window <= last; window++, at += LONG_COUNTS) {
      counts[at + (what == CLICK ? CLICKS : IMPRESSIONS)]++;
      addLongTimer(window, counts, at, timers);
    }
  }

  /**
   * The first window of a slide that can still be emitted. It is the slide's first window, because
   * no event here is late.
   */
  private static long firstOpen(SlidingWindows windows, long slide, ActorTimers timers) {
    return Math.max(windows.firstWindow(slide), windows.firstOpenWindow(timers.watermark()));
  }

  /**
   * @param time in milliseconds since the epoch, after the watermark
   * @param state of the actor
   * @return whether a window that ends at this time has a timer
   */
  boolean hasTimer(long time, ActorState state) {
    return endingAfter(time, shortWindows, state.shortOpen) != OpenWindows.NONE
        || endingAfter(time, longWindows, state.longOpen) != OpenWindows.NONE;
  }

  /**
   * @param time of a timer
   * @param state of the actor
   * @return the reportable short window that ends at this time; null if none exists
   */
  ActorWindow shortWindow(long time, ActorState state) {
    int at = endingAfter(time, shortWindows, state.shortOpen);
    if (at == OpenWindows.NONE) {
      return null;
    }
    ActorWindow out = actorWindow(time, shortWindows, state.shortOpen, at);
    out.unattributedClicks = state.shortOpen.counts[at + UNATTRIBUTED_CLICKS];
    return out;
  }

  /** Like {@link #shortWindow}, for long windows. */
  ActorWindow longWindow(long time, ActorState state) throws IOException {
    if (endingAfter(time, longWindows, state.longOpen) == OpenWindows.NONE) {
      return null;
    }
    long window = longWindows.slideOf(time + 1);
    state.settleClicks(time, window);
    int at = state.longOpen.find(window);
    ActorWindow out = actorWindow(time, longWindows, state.longOpen, at);
    out.users = state.longOpen.counts[at + USERS];
    out.clickGapVariation = ClickGaps.variation(state.longOpen.counts, at + GAPS);
    return out;
  }

  /** The position of the counts of the window that ends at this time, if it is reportable. */
  private static int endingAfter(long time, SlidingWindows windows, OpenWindows open) {
    long window = windows.slideOf(time + 1);
    int at = windows.lastMoment(window) == time ? open.find(window) : OpenWindows.NONE;
    return at != OpenWindows.NONE && open.counts[at + HAS_TIMER] == 1 ? at : OpenWindows.NONE;
  }

  private static ActorWindow actorWindow(
      long lastMoment, SlidingWindows windows, OpenWindows open, int at) {
    long window = windows.slideOf(lastMoment + 1);
    ActorWindow out = new ActorWindow();
    out.windowStart = windows.start(window);
    out.windowEnd = windows.end(window);
    out.impressions = open.counts[at + IMPRESSIONS];
    out.clicks = open.counts[at + CLICKS];
    return out;
  }
}
