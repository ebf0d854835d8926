package adanalytics.window;

import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;

/** The counts of an actor in a window. */
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

  /** Only in short windows of addresses. */
  public long unattributedClicks;

  /** Distinct users of an address; only in long windows. */
  public long users;

  /**
   * Only in long windows; see {@link ClickGaps}. Null for fewer than two clicks at different times.
   */
  public Double clickGapVariation;

  /** Sets the actor of this window. */
  ActorWindow of(String type, String id) {
    actorType = type;
    actorId = id;
    return this;
  }

  static TypeInformation<ActorWindow> type() {
    return Types.POJO(ActorWindow.class);
  }
}
