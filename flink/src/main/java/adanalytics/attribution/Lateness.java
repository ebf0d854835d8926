package adanalytics.attribution;

import adanalytics.event.InputRecord;
import java.io.Serializable;

/**
 * Which events are late when they reach an operator, and by how much.
 *
 * <p>Two ways to be late: the source found the event too far behind its own shard, or the
 * operator's watermark has reached its time already, because the shard had fallen quiet and the
 * windows were closed without it. Both figures are measured from the same mark, the greatest event
 * time told, of which the watermark is {@code max.out.of.orderness} (and one millisecond) behind;
 * so either is more than {@code max.out.of.orderness}.
 */
final class Lateness implements Serializable {
  private static final long serialVersionUID = 1L;

  private final long outOfOrdernessMillis;

  /**
   * @param outOfOrdernessMillis how far behind the greatest event time of its shard an event may be
   */
  Lateness(long outOfOrdernessMillis) {
    this.outOfOrdernessMillis = outOfOrdernessMillis;
  }

  /**
   * @param record an event, not a rejected record
   * @param watermark of the operator: all up to it has been judged
   * @return milliseconds behind, or {@link InputRecord#ON_TIME}
   */
  long of(InputRecord<?> record, long watermark) {
    if (record.isLate() || record.event.eventTime > watermark) {
      return record.latenessMs;
    }
    return watermark + 1 + outOfOrdernessMillis - record.event.eventTime;
  }
}
