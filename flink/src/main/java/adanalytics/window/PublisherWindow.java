package adanalytics.window;

import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;

/** The click-through rate of a publisher in a window, with statistics of its earlier rates. */
public class PublisherWindow {
  public String publisherId;

  /** Milliseconds since the epoch; inclusive. */
  public long windowStart;

  /** Milliseconds since the epoch; exclusive. */
  public long windowEnd;

  public long impressions;

  /** Clicks per million impressions, rounded half up to an integer. */
  public long ctrPpm;

  /** Number of earlier windows in the statistics. */
  public long trailingWindows;

  /** Sum of their rates. */
  public long trailingSumPpm;

  /** Population standard deviation of their rates; 0 without earlier windows. */
  public double trailingDeviationPpm;

  static TypeInformation<PublisherWindow> type() {
    return Types.POJO(PublisherWindow.class);
  }
}
