package adanalytics.window;

import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;

/** The click-through rate of a publisher in a window, and what its rates were before. */
public class PublisherWindow {
  public String publisherId;

  /** Milliseconds since the epoch; inclusive. */
  public long windowStart;

  /** Milliseconds since the epoch; exclusive. */
  public long windowEnd;

  public long impressions;

  /** Clicks for a million impressions, rounded half up to a whole number. */
  public long ctrPpm;

  /** How many windows before this one are remembered. */
  public long trailingWindows;

  /** Sum of their rates. */
  public long trailingSumPpm;

  /** Population standard deviation of their rates; 0 if none exists. */
  public double trailingDeviationPpm;

  static TypeInformation<PublisherWindow> type() {
    return Types.POJO(PublisherWindow.class);
  }
}
