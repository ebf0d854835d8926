package adanalytics.window;

import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;

/** The counts of a user in a window, and the weights for the engagement score. */
public class UserWindow {
  public String userId;

  /** Milliseconds since the epoch; inclusive. */
  public long windowStart;

  /** Milliseconds since the epoch; exclusive. */
  public long windowEnd;

  public long impressions;

  /** Accepted clicks, valid or not. */
  public long clicks;

  /** Distinct campaigns of these impressions and clicks. */
  public long campaigns;

  /** Sum of the impressions' weights, in millionths; see {@link UserWindows}. */
  public long impressionWeight;

  /** Sum of the valid attributed clicks' weights, in millionths. */
  public long validClickWeight;

  /** Distinct campaigns of the impressions and the valid attributed clicks. */
  public long scoringCampaigns;

  static TypeInformation<UserWindow> type() {
    return Types.POJO(UserWindow.class);
  }
}
