package adanalytics.window;

import java.io.Serializable;

/** Which windows there are, and which of them are put out. */
public final class WindowSettings implements Serializable {
  private static final long serialVersionUID = 1L;

  final SlidingWindows shortWindows;
  final SlidingWindows longWindows;
  final ReportableWindows reportable;
  final SlidingWindows engagementWindows;
  final SlidingWindows metricsWindows;
  final long attributionWindowMillis;
  final long publisherImpressions;
  final int publisherTrailingWindows;

  /**
   * @param shortWindows of the rules about velocity
   * @param longWindows of the rules about behaviour
   * @param reportable which of these are put out
   * @param engagementWindows of users; those with news in their last slide are put out
   * @param metricsWindows tumbling ones
   * @param attributionWindowMillis how long after its end a metrics window is settled
   * @param publisherImpressions a publisher's window with fewer of them says nothing of its rate
   * @param publisherTrailingWindows how many windows a publisher's rate is compared with
   */
  public WindowSettings(
      SlidingWindows shortWindows,
      SlidingWindows longWindows,
      ReportableWindows reportable,
      SlidingWindows engagementWindows,
      SlidingWindows metricsWindows,
      long attributionWindowMillis,
      long publisherImpressions,
      int publisherTrailingWindows) {
    this.shortWindows = shortWindows;
    this.longWindows = longWindows;
    this.reportable = reportable;
    this.engagementWindows = engagementWindows;
    this.metricsWindows = metricsWindows;
    this.attributionWindowMillis = attributionWindowMillis;
    this.publisherImpressions = publisherImpressions;
    this.publisherTrailingWindows = publisherTrailingWindows;
  }
}
