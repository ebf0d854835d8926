package adanalytics.result;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.flink.connector.base.sink.AsyncSinkBase;
import org.apache.flink.connector.base.sink.writer.BufferedRequestState;
import org.apache.flink.connector.base.sink.writer.config.AsyncSinkWriterConfiguration;
import org.apache.flink.connector.kinesis.sink.KinesisStreamsStateSerializer;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.kinesis.shaded.software.amazon.awssdk.core.SdkBytes;
import org.apache.flink.kinesis.shaded.software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;

/**
 * Writes results to Kinesis, each at least once.
 *
 * <p>The connector's own sink retries rejected records immediately and without limit. This sink
 * waits between retries, counts them, and fails the job when nothing could be delivered for a long
 * time. Flink then restarts the job from the latest checkpoint, and the restart is visible in the
 * metrics.
 */
final class ResultSink extends AsyncSinkBase<ResultRecord, PutRecordsRequestEntry> {
  private static final long serialVersionUID = 1L;

  /**
   * Maximum size of key and data of a Kinesis record, in bytes. A stream can be configured to
   * accept ten times as much, but the consumers of the results do not.
   */
  static final int MAX_RECORD_BYTES = 1 << 20;

  /** How long retries continue while nothing is delivered, before the job fails. */
  static final Duration MAX_OUTAGE = Duration.ofMinutes(5);

  /** Limit of PutRecords. */
  private static final int MAX_BATCH_SIZE = 500;

  /** Without the keys. Half of the limit of PutRecords, which includes them. */
  private static final long MAX_BATCH_BYTES = 5L << 20;

  /** The connector's default. */
  private static final int MAX_IN_FLIGHT_REQUESTS = 50;

  /** The connector's default. */
  private static final int MAX_BUFFERED_RESULTS = 10_000;

  private final String stream;
  private final Properties client;
  private final Duration maxOutage;

  /**
   * @param stream name of the Kinesis stream
   * @param client options {@code aws.*} of its client
   * @param flushTimeout longest time that a result waits to be sent together with others
   * @param maxOutage how long retries continue while nothing is delivered
   */
  ResultSink(String stream, Properties client, Duration flushTimeout, Duration maxOutage) {
    super(
        (result, context) -> entry(result),
        MAX_BATCH_SIZE,
        MAX_IN_FLIGHT_REQUESTS,
        MAX_BUFFERED_RESULTS,
        MAX_BATCH_BYTES,
        flushTimeout.toMillis(),
        MAX_RECORD_BYTES);
    this.stream = stream;
    this.client = client;
    this.maxOutage = maxOutage;
  }

  private static PutRecordsRequestEntry entry(ResultRecord result) {
    return PutRecordsRequestEntry.builder()
        .partitionKey(result.partitionKey())
        .data(SdkBytes.fromByteArrayUnsafe(result.json()))
        .build();
  }

  @Override
  public StatefulSinkWriter<ResultRecord, BufferedRequestState<PutRecordsRequestEntry>>
      createWriter(InitContext context) {
    return restoreWriter(context, List.of());
  }

  @Override
  public StatefulSinkWriter<ResultRecord, BufferedRequestState<PutRecordsRequestEntry>>
      restoreWriter(
          InitContext context, Collection<BufferedRequestState<PutRecordsRequestEntry>> buffered) {
    InFlightLimit limit = new InFlightLimit(MAX_BATCH_SIZE, MAX_IN_FLIGHT_REQUESTS);
    AsyncSinkWriterConfiguration configuration =
        AsyncSinkWriterConfiguration.builder()
            .setMaxBatchSize(MAX_BATCH_SIZE)
            .setMaxBatchSizeInBytes(MAX_BATCH_BYTES)
            .setMaxInFlightRequests(MAX_IN_FLIGHT_REQUESTS)
            .setMaxBufferedRequests(MAX_BUFFERED_RESULTS)
            .setMaxTimeInBufferMS(getMaxTimeInBufferMS())
            .setMaxRecordSizeInBytes(MAX_RECORD_BYTES)
            .setRateLimitingStrategy(limit)
            .build();
    return new ResultSinkWriter(
        getElementConverter(),
        new ContextWithTimers(context, limit.timers(context.getProcessingTimeService())),
        configuration,
        buffered,
        new KinesisWriter(stream, client),
        new RetryDelays(
            maxOutage,
            () -> System.nanoTime() / 1_000_000,
            () -> ThreadLocalRandom.current().nextDouble()));
  }

  @Override
  public SimpleVersionedSerializer<BufferedRequestState<PutRecordsRequestEntry>>
      getWriterStateSerializer() {
    return new KinesisStreamsStateSerializer();
  }
}
