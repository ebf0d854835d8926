package adanalytics.event;

/** Where a record is in its stream: the name of what has no id. */
public class RecordPosition {
  public String stream;
  public String shardId;

  /** The sequence number, followed by {@code :n} for the n-th part of a KPL-aggregated record. */
  public String sequenceNumber;

  public RecordPosition() {}

  public RecordPosition(String stream, String shardId, String sequenceNumber) {
    this.stream = stream;
    this.shardId = shardId;
    this.sequenceNumber = sequenceNumber;
  }
}
