package adanalytics.attribution;

import adanalytics.event.InputRecord;
import java.io.Serializable;

/**
 * Determines which events are late when they reach an operator, and by how much.
 *
 * <p>An event is late in two cases: the source found it too far behind its own shard, or the
 * operator's watermark has already reached its time, because the shard was idle and its windows
 * were closed. Both figures are measured from the greatest event time seen. The watermark is {@code
 * max.out.of.orderness} plus one millisecond behind that time, so both figures exceed {@code
 * max.out.of.orderness}.
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
   * @param watermark of the operator: no event up to it is on time
   * @return milliseconds behind, or {@link InputRecord#ON_TIME}
   */
  long of(InputRecord<?> record, long watermark) {
    if (record.isLate() || record.event.eventTime > watermark) {
      return record.latenessMs;
    }
    return watermark + 1 + outOfOrdernessMillis - record.event.eventTime;
  }
}
