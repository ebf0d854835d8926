package adanalytics.source;

import adanalytics.event.AdEvent;
import adanalytics.event.EventKind;
import adanalytics.event.EventParser;
import adanalytics.event.EventTypes;
import adanalytics.event.InputRecord;
import adanalytics.event.RecordPosition;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.connectors.kinesis.serialization.KinesisDeserializationSchema;

/**
 * Parses a record in the thread that reads it. The connector creates one instance for each shard.
 * Never throws on bad input.
 */
final class AdEventDeserializer<E extends AdEvent>
    implements KinesisDeserializationSchema<InputRecord<E>> {
  private static final long serialVersionUID = 1L;

  private final EventKind kind;
  private final long maxFutureMillis;
  private transient EventParser<E> parser;

  AdEventDeserializer(EventKind kind, long maxFutureMillis) {
    this.kind = kind;
    this.maxFutureMillis = maxFutureMillis;
  }

  @Override
  @SuppressWarnings("unchecked")
  public void open(DeserializationSchema.InitializationContext context) {
    parser =
        (EventParser<E>)
            (kind == EventKind.IMPRESSION
                ? EventParser.ofImpressions(maxFutureMillis)
                : EventParser.ofClicks(maxFutureMillis));
  }

  @Override
  public InputRecord<E> deserialize(
      byte[] data,
      String partitionKey,
      String sequenceNumber,
      long arrivalTime,
      String stream,
      String shardId) {
    InputRecord<E> record = parser.parse(data, arrivalTime);
    record.position = new RecordPosition(stream, shardId, sequenceNumber);
    return record;
  }

  @Override
  public TypeInformation<InputRecord<E>> getProducedType() {
    return EventTypes.inputRecord(kind);
  }
}
