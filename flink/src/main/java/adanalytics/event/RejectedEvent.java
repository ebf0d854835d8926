package adanalytics.event;

import java.util.Arrays;

/** An input record that breaks the contract, with the reason and enough of it to find the cause. */
public class RejectedEvent {
  /** A result record must fit into a Kinesis record, whatever the size of what was rejected. */
  public static final int MAX_RAW_BYTES = 64 * 1024;

  public String source;

  /** Names the field, or says that the record is not JSON. */
  public String reason;

  /** At most the first {@link #MAX_RAW_BYTES} of the record. */
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
