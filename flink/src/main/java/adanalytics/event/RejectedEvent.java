package adanalytics.event;

import java.util.Arrays;

/** An input record that violates the contract, with the reason and the beginning of its content. */
public class RejectedEvent {
  /** A result must fit into a Kinesis record, whatever the size of the rejected record. */
  public static final int MAX_RAW_BYTES = 64 * 1024;

  public String source;

  /** The reason: the field and its problem, or that the record is not JSON. */
  public String reason;

  /** The first bytes of the record, at most {@link #MAX_RAW_BYTES}. */
  public byte[] raw;

  /** Length of the whole record in bytes. */
  public long rawLength;

  /** When Kinesis took the record, in milliseconds since the epoch. */
  public long arrivalTime;

  public RecordPosition position;

  public RejectedEvent() {}

  public RejectedEvent(EventKind kind, InputRecord<?> record) {
    this.source = kind.label();
    this.reason = record.rejectReason;
    this.raw =
        record.raw.length > MAX_RAW_BYTES ? Arrays.copyOf(record.raw, MAX_RAW_BYTES) : record.raw;
    this.rawLength = record.raw.length;
    this.arrivalTime = record.arrivalTime;
    this.position = record.position;
  }
}
