package adanalytics.attribution;

import adanalytics.event.Click;
import java.util.List;

/**
 * All that is kept of one impression_id, as one value: on RocksDB an event costs one read and one
 * write.
 *
 * <p>Both lists are null when empty, which is what they are for nearly every id.
 */
public class AttributionState {
  /**
   * Accepted impressions that can still be clicked or repeated, by event time; more than one only
   * if the id is reused.
   */
  public List<ImpressionState> impressions;

  /** Clicks whose time the watermark has not passed, in no order. */
  public List<Click> pendingClicks;

  boolean isEmpty() {
    return impressions == null && pendingClicks == null;
  }
}
