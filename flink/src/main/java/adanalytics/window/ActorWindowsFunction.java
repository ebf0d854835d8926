package adanalytics.window;

import org.apache.flink.streaming.api.TimerService;

/** What {@link ActorWindowsOperator} asks of the function that it runs. */
interface ActorWindowsFunction {
  /** What tells the thresholds from others. */
  String thresholds();

  /**
   * Adds the timers that the thresholds ask for to the current key, which has a value.
   *
   * @param actor the current key
   * @param ended watermark; what had ended at it is left alone
   * @param timers of the current key
   */
  void addTimers(String actor, long ended, TimerService timers) throws Exception;
}
