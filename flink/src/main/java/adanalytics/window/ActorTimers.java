package adanalytics.window;

import adanalytics.state.TimerGroups;
import java.util.function.LongPredicate;
import org.apache.flink.streaming.api.TimerService;

/**
 * Sets the timers of one actor in {@link TimerGroups}. Several windows can end at the same moment,
 * and a value can expire then; the actor gets one timer for all of them.
 */
final class ActorTimers {
  private final String actor;
  private final LongPredicate hasTimer;
  private final TimerGroups groups;
  private final TimerService service;

  /**
   * @param actor the current key
   * @param hasTimer whether the actor has a timer at a time, according to its state
   * @param groups of the operator
   * @param service of the operator
   */
  ActorTimers(String actor, LongPredicate hasTimer, TimerGroups groups, TimerService service) {
    this.actor = actor;
    this.hasTimer = hasTimer;
    this.groups = groups;
    this.service = service;
  }

  long watermark() {
    return service.currentWatermark();
  }

  /**
   * Sets a timer. Must be called before the state records that it exists.
   *
   * @param time in milliseconds since the epoch, after the watermark
   */
  void set(long time) throws Exception {
    if (!hasTimer.test(time)) {
      groups.add(actor, time, service);
    }
  }
}
