package adanalytics.attribution;

import java.util.List;

/**
 * The state of all impressions with one impression_id. It is one value, so an impression costs
 * RocksDB one read and one write.
 */
public class AttributionState {
  /**
   * Accepted impressions that a click or a duplicate can still refer to, ordered by event time.
   * More than one only if the id was reused; null when empty.
   */
  public List<ImpressionState> impressions;
}
