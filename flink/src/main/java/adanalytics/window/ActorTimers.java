package adanalytics.window;

import adanalytics.state.TimerGroups;
import java.util.function.LongPredicate;

/**
 * Sets the timers of one actor in {@link TimerGroups}. Several windows can end at the same moment,
 * and a value can expire then; the actor gets one timer for all of them.
 */
final class ActorTimers {
  private final String actor;
  private final LongPredicate hasTimer;
  private final TimerGroups groups;
  private final long watermark;

  /**
   * @param actor the current key
   * @param hasTimer whether the actor has a timer at a time, according to its state
   * @param groups of the operator
   * @param watermark of the operator
   */
  ActorTimers(String actor, LongPredicate hasTimer, TimerGroups groups, long watermark) {
    this.actor = actor;
    this.hasTimer = hasTimer;
    this.groups = groups;
    this.watermark = watermark;
  }

  long watermark() {
    return watermark;
  }

  /**
   * Sets a timer. Must be called before the state records that it exists.
   *
   * @param time in milliseconds since the epoch, later than a timer that fires at the moment
   */
  void set(long time) throws Exception {
    if (!hasTimer.test(time)) {
      groups.add(actor, time);
    }
  }
}
