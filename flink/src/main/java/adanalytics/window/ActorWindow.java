package adanalytics.window;

import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;

/** What an actor did in a window. */
public class ActorWindow {
  /** {@code ip} or {@code user}. */
  public String actorType;

  public String actorId;

  /** Milliseconds since the epoch; inclusive. */
  public long windowStart;

  /** Milliseconds since the epoch; exclusive. */
  public long windowEnd;

  public long impressions;

  /** Accepted clicks, attributed or not. */
  public long clicks;

  /** In short windows of addresses. */
  public long unattributedClicks;

  /** Distinct ones of an address, in long windows. */
  public long users;

  /** In long windows; see {@link ClickGaps}. Null for fewer than two clicks at different times. */
  public Double clickGapVariation;

  /** Says whose window this is. */
  ActorWindow of(String type, String id) {
    actorType = type;
    actorId = id;
    return this;
  }

  static TypeInformation<ActorWindow> type() {
    return Types.POJO(ActorWindow.class);
  }
}
