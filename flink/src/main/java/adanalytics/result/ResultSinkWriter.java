package adanalytics.result;

import adanalytics.source.JobMetrics;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.connector.base.sink.writer.AsyncSinkWriter;
import org.apache.flink.connector.base.sink.writer.BufferedRequestState;
import org.apache.flink.connector.base.sink.writer.ElementConverter;
import org.apache.flink.connector.base.sink.writer.RequestEntryWrapper;
import org.apache.flink.connector.base.sink.writer.ResultHandler;
import org.apache.flink.connector.base.sink.writer.config.AsyncSinkWriterConfiguration;
import org.apache.flink.kinesis.shaded.software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;
import org.apache.flink.kinesis.shaded.software.amazon.awssdk.services.kinesis.model.PutRecordsResponse;
import org.apache.flink.kinesis.shaded.software.amazon.awssdk.services.kinesis.model.PutRecordsResultEntry;
import org.apache.flink.kinesis.shaded.software.amazon.awssdk.services.kinesis.model.ResourceNotFoundException;
import org.apache.flink.metrics.Counter;
import org.apache.flink.util.ExceptionUtils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends buffered results, and retries results that were not delivered after a delay.
 *
 * <p>A checkpoint contains the results that are buffered or in flight, so it does not wait for
 * Kinesis. The base class would send and wait without limit while requests fail.
 */
final class ResultSinkWriter extends AsyncSinkWriter<ResultRecord, PutRecordsRequestEntry> {
  private static final Logger LOG = LoggerFactory.getLogger(ResultSinkWriter.class);

  private final KinesisWriter kinesis;
  private final RetryDelays delays;
  private final Counter retriedResults;
  private final Counter failedResults;
  private final MailboxExecutor mailbox;

  /** Batches in flight. Only the task's thread uses it. */
  private final Set<List<PutRecordsRequestEntry>> onTheirWay =
      Collections.newSetFromMap(new IdentityHashMap<>());

  /**
   * @param converter makes a record of a result
   * @param context of the writer
   * @param configuration sizes of buffer and requests
   * @param buffered results of the restored checkpoint
   * @param kinesis where to write; closed with this
   * @param delays between retries
   */
  ResultSinkWriter(
      ElementConverter<ResultRecord, PutRecordsRequestEntry> converter,
      Sink.InitContext context,
      AsyncSinkWriterConfiguration configuration,
      Collection<BufferedRequestState<PutRecordsRequestEntry>> buffered,
      KinesisWriter kinesis,
      RetryDelays delays) {
    super(converter, context, configuration, buffered);
    this.mailbox = context.getMailboxExecutor();
    this.kinesis = kinesis;
    this.delays = delays;
    this.retriedResults = JobMetrics.of(context.metricGroup()).counter("retriedResults");
    this.failedResults = context.metricGroup().getNumRecordsSendErrorsCounter();
  }

  @Override
  protected void submitRequestEntries(
      List<PutRecordsRequestEntry> entries, ResultHandler<PutRecordsRequestEntry> handler) {
    onTheirWay.add(entries);
    kinesis
        .put(entries)
        .whenComplete(
            (response, error) -> {
              if (error != null) {
                notDelivered(entries, error, handler);
              } else {
                answered(entries, response, handler);
              }
            });
  }

  /** At the end of the input all results must be delivered; at a checkpoint they are kept. */
  @Override
  public void flush(boolean endOfInput) throws InterruptedException {
    if (endOfInput) {
      super.flush(true);
    }
  }

  @Override
  public List<BufferedRequestState<PutRecordsRequestEntry>> snapshotState(long checkpointId) {
    List<RequestEntryWrapper<PutRecordsRequestEntry>> kept = new ArrayList<>();
    for (List<PutRecordsRequestEntry> entries : onTheirWay) {
      entries.forEach(entry -> kept.add(new RequestEntryWrapper<>(entry, getSizeInBytes(entry))));
    }
    super.snapshotState(checkpointId)
        .forEach(buffered -> kept.addAll(buffered.getBufferedRequestEntries()));
    return List.of(new BufferedRequestState<>(kept));
  }

  private void answered(
      List<PutRecordsRequestEntry> entries,
      PutRecordsResponse response,
      ResultHandler<PutRecordsRequestEntry> handler) {
    List<PutRecordsRequestEntry> refused = new ArrayList<>();
    PutRecordsResultEntry reason = null;
    for (int i = 0; i < entries.size(); i++) {
      PutRecordsResultEntry answer = response.records().get(i);
      if (answer.errorCode() != null) {
        refused.add(entries.get(i));
        reason = answer;
      }
    }
    if (refused.size() < entries.size()) {
      delays.delivered();
    }
    if (reason == null) {
      handler.complete();
      mailbox.execute(() -> onTheirWay.remove(entries), "results were delivered");
    } else {
      mailbox.execute(
          () -> {
            onTheirWay.remove(entries);
            onTheirWay.add(refused);
          },
          "some results were delivered");
      sendAgain(refused, reason.errorCode() + ": " + reason.errorMessage(), null, handler);
    }
  }

  private void notDelivered(
      List<PutRecordsRequestEntry> entries,
      Throwable error,
      ResultHandler<PutRecordsRequestEntry> handler) {
    Throwable cause = ExceptionUtils.stripCompletionException(error);
    if (cause instanceof ResourceNotFoundException) {
      handler.completeExceptionally(
          new ResultDeliveryException(
              "Kinesis stream '" + kinesis.stream() + "' does not exist: create it", cause));
      return;
    }
    sendAgain(entries, cause.toString(), cause, handler);
  }

  private void sendAgain(
      List<PutRecordsRequestEntry> refused,
      String reason,
      Throwable cause,
      ResultHandler<PutRecordsRequestEntry> handler) {
    failedResults.inc(refused.size());
    OptionalLong delay = delays.failed();
    if (delay.isEmpty()) {
      handler.completeExceptionally(
          new ResultDeliveryException(
              String.format(
                  "Kinesis stream '%s' did not accept any result for %d s, so the job stops. It continues from its latest checkpoint"
                      + " when you start it again. The latest error: %s",
                  kinesis.stream(), delays.maxOutageSeconds(), reason),
              cause));
      return;
    }
    LOG.warn(
        "Kinesis stream '{}' did not accept {} results; they are sent again in {} ms: {}",
        kinesis.stream(),
        refused.size(),
        delay.getAsLong(),
        reason);
    retriedResults.inc(refused.size());
    Executor later =
        CompletableFuture.delayedExecutor(delay.getAsLong(), TimeUnit.MILLISECONDS, Runnable::run);
    later.execute(
        () -> {
          handler.retryForEntries(refused);
          // After the base class has put them back into the buffer.
          mailbox.execute(() -> onTheirWay.remove(refused), "results are buffered again");
        });
  }

  /** Without the key: the connector's state serializer uses it as the length of the data. */
  @Override
  protected long getSizeInBytes(PutRecordsRequestEntry entry) {
    return entry.data().asByteArrayUnsafe().length;
  }

  @Override
  public void close() {
    kinesis.close();
  }
}
