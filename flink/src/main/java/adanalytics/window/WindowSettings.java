package adanalytics.window;

import java.io.Serializable;

/** Which sliding windows there are, and which of them are put out. */
public final class WindowSettings implements Serializable {
  private static final long serialVersionUID = 1L;

  final SlidingWindows shortWindows;
  final SlidingWindows longWindows;
  final ReportableWindows reportable;
  final SlidingWindows engagementWindows;

  /**
   * @param shortWindows of the rules about velocity
   * @param longWindows of the rules about behaviour
   * @param reportable which of these are put out
   * @param engagementWindows of users; all are put out
   */
  public WindowSettings(
      SlidingWindows shortWindows,
      SlidingWindows longWindows,
      ReportableWindows reportable,
      SlidingWindows engagementWindows) {
    this.shortWindows = shortWindows;
    this.longWindows = longWindows;
    this.reportable = reportable;
    this.engagementWindows = engagementWindows;
  }
}
