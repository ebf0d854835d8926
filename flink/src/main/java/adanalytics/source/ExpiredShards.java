package adanalytics.source;

import java.util.Collections;
import java.util.List;
import java.util.function.Supplier;
import org.apache.flink.kinesis.shaded.com.amazonaws.services.kinesis.model.ResourceNotFoundException;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.connectors.kinesis.model.SequenceNumber;
import org.apache.flink.streaming.connectors.kinesis.model.StreamShardHandle;
import org.apache.flink.streaming.connectors.kinesis.proxy.KinesisProxyInterface;
import org.apache.flink.util.ExceptionUtils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Distinguishes shards whose records have all expired from streams that do not exist: Kinesis
 * returns the same error for both. The records of an expired shard can no longer be read, so the
 * job continues without them. Each such shard is counted and logged.
 */
final class ExpiredShards {
  private static final Logger LOG = LoggerFactory.getLogger(ExpiredShards.class);

  private final Supplier<KinesisProxyInterface> kinesis;
  private final Counter counter;

  /**
   * @param kinesis lists the shards
   * @param counter of the shards that expired before they were read to their end
   */
  ExpiredShards(Supplier<KinesisProxyInterface> kinesis, Counter counter) {
    this.kinesis = kinesis;
    this.counter = counter;
  }

  /**
   * Counts a shard that Kinesis cannot find, if it has expired.
   *
   * @param shard that was to be read
   * @param position up to which it was read
   * @param notFound the error from Kinesis
   * @throws ResourceNotFoundException the error from Kinesis, when the stream does not exist
   * @throws IllegalStateException when the shard can still have records: a restart may find it
   */
  void expired(StreamShardHandle shard, SequenceNumber position, ResourceNotFoundException notFound)
      throws InterruptedException {
    if (!isGone(shard, notFound)) {
      IllegalStateException error =
          new IllegalStateException(
              String.format(
                  "Shard %s of the Kinesis stream '%s' is open according to the list of shards, but Kinesis cannot find it: %s",
                  shard.getShard().getShardId(), shard.getStreamName(), notFound.getMessage()));
      // Without the cause: the connector would treat it as a stream that does not exist.
      error.addSuppressed(notFound);
      throw error;
    }
    count(shard, position);
  }

  /**
   * Counts a shard of the restored state that Kinesis no longer lists.
   *
   * @param position up to which it was read, not its end
   */
  void notListed(StreamShardHandle shard, SequenceNumber position) {
    count(shard, position);
  }

  private void count(StreamShardHandle shard, SequenceNumber position) {
    counter.inc();
    LOG.warn(
        "Shard {} of the Kinesis stream {} has expired. It was read up to {}; later records of the shard are"
            + " lost",
        shard.getShard().getShardId(),
        shard.getStreamName(),
        position);
  }

  private boolean isGone(StreamShardHandle shard, ResourceNotFoundException notFound)
      throws InterruptedException {
    String stream = shard.getStreamName();
    List<StreamShardHandle> listed;
    try {
      listed =
          kinesis
              .get()
              .getShardList(Collections.singletonMap(stream, null))
              .getRetrievedShardListOfStream(stream);
    } catch (RuntimeException e) {
      if (ExceptionUtils.findThrowable(e, ResourceNotFoundException.class).isPresent()) {
        throw notFound;
      }
      throw e;
    }
    // A stream always has an open shard, so an empty list only shows that the stream is changing.
    return listed != null
        && !listed.isEmpty()
        && listed.stream()
            .filter(other -> other.getShard().getShardId().equals(shard.getShard().getShardId()))
            .allMatch(StreamShardHandle::isClosed);
  }
}
