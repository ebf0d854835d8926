package adanalytics.event;

/** The position of a record in its stream; it identifies records without an id. */
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
