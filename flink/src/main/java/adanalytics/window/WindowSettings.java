package adanalytics.window;

import java.io.Serializable;

/** The sizes of all windows, and which of them are emitted. */
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
   * @param reportable which short and long windows are emitted
   * @param engagementWindows of users; emitted if the user has an event in the last slide
   * @param metricsWindows tumbling windows
   * @param attributionWindowMillis how long after its end a metrics window is settled
   * @param publisherImpressions a publisher's window with fewer impressions is ignored
   * @param publisherTrailingWindows number of windows with which a publisher's rate is compared
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
