package adanalytics.event;

/**
 * One record of an input stream after parsing: an event, or the reason for its rejection. The
 * source sets {@link #latenessMs} afterwards, in the order of the shard.
 *
 * @param <E> impression or click
 */
public class InputRecord<E extends AdEvent> {
  /** Value of {@link #latenessMs} for an event that is on time. */
  public static final long ON_TIME = -1;

  public RecordPosition position;

  /** When Kinesis took the record, in milliseconds since the epoch. */
  public long arrivalTime;

  /** Null when the record is rejected. */
  public E event;

  /**
   * How far behind the greatest event time of its shard, in milliseconds; {@link #ON_TIME} when
   * within bounds.
   */
  public long latenessMs = ON_TIME;

  /** Why the record is rejected, with the name of the field; null for an event. */
  public String rejectReason;

  /** The rejected bytes; null for an event. */
  public byte[] raw;

  public boolean isRejected() {
    return event == null;
  }

  public boolean isLate() {
    return latenessMs != ON_TIME;
  }

  /**
   * The event's time, or the arrival time of a rejected record, in milliseconds since the epoch.
   */
  public long timestamp() {
    return event == null ? arrivalTime : event.eventTime;
  }
}
