package adanalytics.window;

import java.io.IOException;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** The open windows of one actor: part of the state value of an ip address or a user. */
final class ActorState {
  // Positions of the counts, in short and in long windows.
  static final int IMPRESSIONS = 0;
  static final int CLICKS = 1;

  /** 1 once the window has a timer, because it is reportable. */
  static final int HAS_TIMER = 2;

  // Only in short windows.
  static final int UNATTRIBUTED_CLICKS = 3;

  // Only in long windows.
  static final int USERS = 3;
  static final int GAPS = 4;

  static final int SHORT_COUNTS = UNATTRIBUTED_CLICKS + 1;
  static final int LONG_COUNTS = GAPS + ClickGaps.COUNTS;

  /** The {@link #lastMoment} of an actor without open windows. */
  static final long NONE = Long.MIN_VALUE;

  OpenWindows shortOpen = new OpenWindows(SHORT_COUNTS);
  OpenWindows longOpen = new OpenWindows(LONG_COUNTS);
  PendingClicks pendingClicks = new PendingClicks();

  /** The users of an address; null when the actor is a user. */
  final DistinctMembers users;

  private final SlidingWindows shortWindows;
  private final SlidingWindows longWindows;

  /**
   * The state of a new actor.
   *
   * @param counter of the windows
   * @param users of the current address; null when the actor is a user
   */
  ActorState(ActorCounter counter, MapState<String, long[]> users) {
    shortWindows = counter.shortWindows;
    longWindows = counter.longWindows;
    this.users = users == null ? null : new DistinctMembers(longWindows, users);
  }

  /**
   * Adds the pending clicks up to this time, which are complete, to the long windows that are still
   * open at it.
   */
  void settleClicks(long upTo, long firstOpenWindow) throws IOException {
    pendingClicks.takeUpTo(
        upTo,
        time -> {
          long slide = longWindows.slideOf(time);
          long first = Math.max(longWindows.firstWindow(slide), firstOpenWindow);
          long last = longWindows.lastWindow(slide);
          if (first > last) {
            return;
          }
          int at = longOpen.at(first, last);
          for (long window = first; window <= last; window++, at += LONG_COUNTS) {
            ClickGaps.add(longOpen.counts, at + GAPS, time);
          }
        });
  }

  /** Removes the windows that were complete at this time. */
  void forgetUpTo(long time) throws IOException {
    settleClicks(time, longWindows.firstOpenWindow(time));
    shortOpen.forgetBefore(shortWindows.firstOpenWindow(time));
    longOpen.forgetBefore(longWindows.firstOpenWindow(time));
    if (users != null) {
      users.forgetBefore(longWindows.firstOpenWindow(time));
    }
  }

  /** The last moment of the last open window; {@link #NONE} if none exists. */
  long lastMoment() {
    return Math.max(
        shortOpen.isEmpty() ? NONE : shortWindows.lastMoment(shortOpen.last()),
        longOpen.isEmpty() ? NONE : longWindows.lastMoment(longOpen.last()));
  }

  /**
   * @param origin a time near the windows, so that the stored numbers are small; the same for
   *     reading and writing
   */
  void write(DataOutputView out, long origin) throws IOException {
    shortOpen.write(out);
    longOpen.write(out);
    pendingClicks.write(out);
    if (users != null) {
      users.write(out, longWindows.slideOf(origin));
    }
  }

  void read(DataInputView in, long origin) throws IOException {
    shortOpen = OpenWindows.read(in, SHORT_COUNTS);
    longOpen = OpenWindows.read(in, LONG_COUNTS);
    pendingClicks = PendingClicks.read(in);
    if (users != null) {
      users.read(in, longWindows.slideOf(origin));
    }
  }
}
