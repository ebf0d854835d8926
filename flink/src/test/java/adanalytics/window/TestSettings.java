package adanalytics.window;

/** Settings of windows for tests. */
final class TestSettings {
  private static final SlidingWindows ANY = SlidingWindows.tumbling(60_000);
  private static final ReportableWindows NEVER =
      new ReportableWindows(
          Long.MAX_VALUE - 1,
          Long.MAX_VALUE - 1,
          Long.MAX_VALUE - 1,
          Long.MAX_VALUE,
          Long.MAX_VALUE,
          1,
          Long.MAX_VALUE - 1);

  private TestSettings() {}

  /** Windows of actors. */
  static WindowSettings of(
      SlidingWindows shortWindows, SlidingWindows longWindows, ReportableWindows reportable) {
    return of(shortWindows, longWindows, reportable, ANY, ANY);
  }

  /** Windows of users, who break no rule. */
  static WindowSettings of(SlidingWindows engagement, SlidingWindows metrics) {
    return of(ANY, ANY, NEVER, engagement, metrics);
  }

  static WindowSettings of(
      SlidingWindows shortWindows,
      SlidingWindows longWindows,
      ReportableWindows reportable,
      SlidingWindows engagement,
      SlidingWindows metrics) {
    return new WindowSettings(
        shortWindows, longWindows, reportable, engagement, metrics, 600_000, 10, 3);
  }
}
