package adanalytics.attribution;

import java.util.List;

/**
 * What is kept of the impressions of one impression_id, as one value: on RocksDB an impression
 * costs one read and one write.
 */
public class AttributionState {
  /**
   * Accepted impressions that can still be clicked or repeated, by event time; more than one only
   * if the id is reused. Null when none exists.
   */
  public List<ImpressionState> impressions;
}
