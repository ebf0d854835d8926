package adanalytics.source;

import org.apache.flink.kinesis.shaded.com.amazonaws.services.kinesis.model.ResourceNotFoundException;
import org.apache.flink.streaming.connectors.kinesis.internals.publisher.RecordPublisher;
import org.apache.flink.streaming.connectors.kinesis.model.SequenceNumber;
import org.apache.flink.streaming.connectors.kinesis.model.StreamShardHandle;

/**
 * Reads one shard with the connector's publisher and updates the shard's clock. An expired shard
 * counts as read to its end.
 */
final class ShardReader implements RecordPublisher {
  /** Looks the shard up; fails when Kinesis cannot find it. */
  interface Opening {
    RecordPublisher open() throws InterruptedException;
  }

  private final StreamShardHandle shard;
  private final String key;
  private final ShardClocks clocks;
  private final ExpiredShards expiredShards;

  /** Null when the shard had already expired. */
  private final RecordPublisher publisher;

  private SequenceNumber position;

  /**
   * @param opening of the connector's publisher
   * @param shard to be read
   * @param position up to which it was read
   * @param key of its clock
   */
  ShardReader(
      Opening opening,
      StreamShardHandle shard,
      SequenceNumber position,
      String key,
      ShardClocks clocks,
      ExpiredShards expiredShards)
      throws InterruptedException {
    this.shard = shard;
    this.position = position;
    this.key = key;
    this.clocks = clocks;
    this.expiredShards = expiredShards;
    this.publisher = open(opening);
  }

  private RecordPublisher open(Opening opening) throws InterruptedException {
    try {
      return opening.open();
    } catch (ResourceNotFoundException e) {
      expiredShards.expired(shard, position, e);
      return null;
    }
  }

  @Override
  public RecordPublisherRunResult run(RecordBatchConsumer records) throws InterruptedException {
    RecordPublisherRunResult result =
        publisher == null ? RecordPublisherRunResult.COMPLETE : read(records);
    if (result == RecordPublisherRunResult.COMPLETE) {
      clocks.finish(key);
    }
    return result;
  }

  private RecordPublisherRunResult read(RecordBatchConsumer records) throws InterruptedException {
    try {
      return publisher.run(
          batch -> {
            clocks.batchStarted(key);
            position = records.accept(batch);
            Long behind = batch.getMillisBehindLatest();
            clocks.batchDone(key, behind != null && behind == 0);
            return position;
          });
    } catch (ResourceNotFoundException e) {
      expiredShards.expired(shard, position, e);
      return RecordPublisherRunResult.COMPLETE;
    }
  }
}
