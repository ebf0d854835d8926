package adanalytics.window;

/** The interface of the functions that {@link ActorWindowsOperator} runs. */
interface ActorWindowsFunction {
  /** Identifies the thresholds. */
  String thresholds();

  /**
   * Adds the timers that the thresholds require to the current key, which has a value.
   *
   * @param actor the current key
   * @param ended watermark; windows that ended at or before it are not changed
   */
  void addTimers(String actor, long ended) throws Exception;
}
