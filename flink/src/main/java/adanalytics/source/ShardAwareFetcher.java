package adanalytics.source;

import static org.apache.flink.streaming.connectors.kinesis.model.SentinelSequenceNumber.SENTINEL_SHARD_ENDING_SEQUENCE_NUM;

import adanalytics.event.AdEvent;
import adanalytics.event.InputRecord;
import adanalytics.source.ShardClocks.SubtaskWatermark;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.streaming.api.functions.source.SourceFunction.SourceContext;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.connectors.kinesis.KinesisShardAssigner;
import org.apache.flink.streaming.connectors.kinesis.internals.KinesisDataFetcher;
import org.apache.flink.streaming.connectors.kinesis.internals.publisher.RecordPublisher;
import org.apache.flink.streaming.connectors.kinesis.model.KinesisStreamShardState;
import org.apache.flink.streaming.connectors.kinesis.model.SequenceNumber;
import org.apache.flink.streaming.connectors.kinesis.model.StreamShardHandle;
import org.apache.flink.streaming.connectors.kinesis.proxy.KinesisProxyV2Factory;
import org.apache.flink.streaming.connectors.kinesis.serialization.KinesisDeserializationSchema;
import org.apache.flink.util.FlinkRuntimeException;

/**
 * The connector's fetcher with its own event time. The connector's per-shard watermarks treat a
 * slow shard as idle, do not detect late events, lose their clocks at a restart, and stop
 * permanently when every shard is idle. So this class maintains the clocks, in the three places
 * that a subclass can override: the publisher of a shard's batches, the emission of a record, and
 * the run itself.
 */
final class ShardAwareFetcher<E extends AdEvent> extends KinesisDataFetcher<InputRecord<E>> {
  private static final long WATERMARK_INTERVAL_MILLIS = 200;
  private static final long LEAD_REFRESH_MILLIS = 500;

  private final SourceContext<InputRecord<E>> sourceContext;
  private final Object checkpointLock;
  private final ShardClocks clocks;
  private final LeadLimit leadLimit;
  private final Map<String, KinesisStreamShardState> unreadAtRestore;
  private final ExpiredShards expiredShards;
  private final ClockSkew clockSkew = new ClockSkew(System::currentTimeMillis);
  private final ScheduledExecutorService timer;
  private long lastWatermark = Long.MIN_VALUE;
  private boolean ended;
  private boolean shardsWereListed;

  /**
   * @param unreadAtRestore the shards of this subtask in the restored state that were not read to
   *     their end
   */
  ShardAwareFetcher(
      List<String> streams,
      SourceContext<InputRecord<E>> sourceContext,
      RuntimeContext runtimeContext,
      Properties consumer,
      KinesisDeserializationSchema<InputRecord<E>> deserializer,
      KinesisShardAssigner shardAssigner,
      KinesisProxyFactory proxyFactory,
      ShardClocks clocks,
      List<KinesisStreamShardState> unreadAtRestore,
      long maxLeadMillis) {
    super(
        streams,
        new IdlenessSuppressingContext<>(sourceContext),
        sourceContext.getCheckpointLock(),
        runtimeContext,
        consumer,
        deserializer,
        shardAssigner,
        null,
        null,
        new AtomicReference<>(),
        new ArrayList<>(),
        createInitialSubscribedStreamsToLastDiscoveredShardsState(streams),
        properties -> new AggregatedRecords(proxyFactory.create(properties)),
        KinesisProxyV2Factory::createKinesisProxyAsyncV2);
    this.sourceContext = sourceContext;
    this.checkpointLock = sourceContext.getCheckpointLock();
    this.clocks = clocks;
    MetricGroup job = JobMetrics.of(runtimeContext);
    job.gauge("clockSkewMillis", clockSkew::millis);
    this.expiredShards =
        new ExpiredShards(() -> proxyFactory.create(consumer), job.counter("expiredShards"));
    this.unreadAtRestore = new HashMap<>();
    unreadAtRestore.forEach(
        state -> this.unreadAtRestore.put(shardKey(state.getStreamShardHandle()), state));
    this.leadLimit =
        new LeadLimit(
            maxLeadMillis,
            clocks,
            LeadLimit.jobWideTracker(runtimeContext, LEAD_REFRESH_MILLIS),
            job.counter("leadRefreshFailures"));
    this.timer =
        new ScheduledThreadPoolExecutor(
            2,
            task -> {
              Thread thread =
                  new Thread(task, "event-time-" + runtimeContext.getTaskNameWithSubtasks());
              thread.setDaemon(true);
              return thread;
            },
            // A stop can come before the run.
            new ThreadPoolExecutor.DiscardPolicy());
  }

  @Override
  public void runFetcher() throws Exception {
    // The consumer registers every shard of this subtask before it calls this.
    clocks.allRegistered();
    countShardsThatAreNotListed();
    timer.scheduleWithFixedDelay(
        guarded(this::emitShardWatermark),
        WATERMARK_INTERVAL_MILLIS,
        WATERMARK_INTERVAL_MILLIS,
        TimeUnit.MILLISECONDS);
    timer.scheduleWithFixedDelay(
        guarded(leadLimit::refresh),
        LEAD_REFRESH_MILLIS,
        LEAD_REFRESH_MILLIS,
        TimeUnit.MILLISECONDS);
    try {
      super.runFetcher();
      endIdleness();
    } finally {
      timer.shutdownNow();
    }
  }

  /**
   * A stop can come while {@link #runFetcher} still opens shards. The connector then hands the next
   * shard to a pool that no longer accepts any, and the exception would fail the savepoint of the
   * stop. A shard that is not read keeps its position, so the next job reads it.
   */
  @Override
  protected ExecutorService createShardConsumersThreadPool(String subtask) {
    ThreadPoolExecutor pool = (ThreadPoolExecutor) super.createShardConsumersThreadPool(subtask);
    // The pool has no limit, so it rejects only after its shutdown.
    pool.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy());
    return pool;
  }

  @Override
  public void advanceLastDiscoveredShardOfStream(String stream, String shardId) {
    shardsWereListed = true;
    super.advanceLastDiscoveredShardOfStream(stream, shardId);
  }

  /** Only if some shards were listed: otherwise the connector fails the job. */
  private void countShardsThatAreNotListed() {
    if (shardsWereListed) {
      unreadAtRestore
          .values()
          .forEach(
              state ->
                  expiredShards.notListed(
                      state.getStreamShardHandle(), state.getLastProcessedSequenceNum()));
    }
  }

  @Override
  public void shutdownFetcher() {
    leadLimit.close();
    timer.shutdownNow();
    super.shutdownFetcher();
  }

  @Override
  public int registerNewSubscribedShardState(KinesisStreamShardState state) {
    // Called for every shard of this subtask before the first one is read, so that the watermark
    // takes all of them into account.
    StreamShardHandle shard = state.getStreamShardHandle();
    if (!state.getLastProcessedSequenceNum().equals(SENTINEL_SHARD_ENDING_SEQUENCE_NUM.get())) {
      clocks.register(shardKey(shard));
    }
    unreadAtRestore.remove(shardKey(shard));
    return super.registerNewSubscribedShardState(state);
  }

  @Override
  protected RecordPublisher createRecordPublisher(
      SequenceNumber sequenceNumber,
      Properties consumer,
      MetricGroup metrics,
      StreamShardHandle shardHandle)
      throws InterruptedException {
    return new ShardReader(
        () ->
            super.createRecordPublisher(
                sequenceNumber, consumer, metrics, AggregatedRecords.withAllHashKeys(shardHandle)),
        shardHandle,
        sequenceNumber,
        shardKey(shardHandle),
        clocks,
        expiredShards);
  }

  @Override
  protected void emitRecordAndUpdateState(
      InputRecord<E> record, long arrivalTime, int shardStateIndex, SequenceNumber sequenceNumber) {
    String shard = shardKey(record.position.stream, record.position.shardId);
    if (sequenceNumber.isAggregated()) {
      record.position.sequenceNumber =
          sequenceNumber.getSequenceNumber() + ":" + sequenceNumber.getSubSequenceNumber();
    }
    if (!record.isRejected()) {
      try {
        leadLimit.await(shard, Math.min(record.event.eventTime, record.arrivalTime));
      } catch (InterruptedException e) {
        // A return would not do: the shard's next record would advance the position past this one.
        throw new FlinkRuntimeException(
            "The fetcher was interrupted before it emitted a record", e);
      }
    }
    synchronized (checkpointLock) {
      if (!record.isRejected()) {
        record.latenessMs = clocks.observe(shard, record.event.eventTime, record.arrivalTime);
        clockSkew.observe(record.event.eventTime - record.arrivalTime);
      }
      super.emitRecordAndUpdateState(record, record.timestamp(), shardStateIndex, sequenceNumber);
    }
  }

  private static String shardKey(StreamShardHandle shard) {
    return shardKey(shard.getStreamName(), shard.getShard().getShardId());
  }

  private static String shardKey(String stream, String shardId) {
    return stream + "/" + shardId;
  }

  /**
   * A drain ends every source with a last watermark, to close all windows. Flink ignores that
   * watermark from an idle source, so the windows would be lost. Any watermark, even a repeated
   * one, ends the idleness.
   */
  private void endIdleness() {
    synchronized (checkpointLock) {
      ended = true;
      sourceContext.emitWatermark(new Watermark(lastWatermark));
    }
  }

  private void emitShardWatermark() {
    synchronized (checkpointLock) {
      if (ended) {
        return;
      }
      SubtaskWatermark watermark = clocks.watermark();
      if (watermark.timestamp > lastWatermark) {
        lastWatermark = watermark.timestamp;
        clocks.closed(lastWatermark);
        sourceContext.emitWatermark(new Watermark(lastWatermark));
      }
      if (watermark.idle) {
        // Other subtasks need not wait for this one. If all are idle, the watermark above still
        // advances their windows.
        sourceContext.markAsTemporarilyIdle();
      }
    }
  }

  /**
   * A failed periodic task must fail the job: a watermark that stops silently looks like a slow
   * job.
   */
  private Runnable guarded(Runnable task) {
    return () -> {
      try {
        task.run();
      } catch (Throwable t) {
        if (!timer.isShutdown()) {
          stopWithError(t);
        }
      }
    };
  }
}
