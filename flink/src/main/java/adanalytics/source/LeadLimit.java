package adanalytics.source;

import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.connectors.kinesis.util.JobManagerWatermarkTracker;
import org.apache.flink.streaming.connectors.kinesis.util.WatermarkTracker;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Limits how far fast shards may be ahead, across both streams and all subtasks, so that the state
 * of a backlog stays bounded. A shard may be ahead of the slowest one by a span of event time, and
 * each subtask may also read {@link #RECORDS_AHEAD} records beyond that span. This allowance lets
 * sparse traffic (days of event time in a thousand records) run at full speed. A record beyond the
 * span uses the allowance until the slowest shard has come close enough to it. While the progress
 * of the slowest shard is not known (before the first refresh, or because no subtask had anything
 * to read at the last one), every record uses the allowance. So the limit applies from the first
 * record.
 *
 * <p>The slowest shard's progress is shared through the job manager, by the connector's own
 * tracker.
 */
final class LeadLimit {
  /** Shared by both sources, so that they wait for each other. */
  private static final String AGGREGATE_NAME = "ad-event-frontier";

  static final int RECORDS_AHEAD = 50_000;
  private static final long PAUSE_MILLIS = 10;

  /**
   * After this long without a response from the job manager, shards read without a limit: the limit
   * only saves state, but a job that waits would not produce any results.
   */
  static final long MAX_SILENCE_NANOS = 60_000_000_000L;

  /** The {@link #limit} while the progress of the slowest shard is not known. */
  private static final long NOT_KNOWN = Long.MIN_VALUE;

  private static final Logger LOG = LoggerFactory.getLogger(LeadLimit.class);

  private final long maxLeadMillis;
  private final int recordsAhead;
  private final ShardClocks clocks;
  private final WatermarkTracker tracker;
  private final Counter refreshFailures;
  private final LongSupplier nanoTime;
  private volatile long limit = NOT_KNOWN;
  private long lastAnswer;

  /** Number of records beyond the limit, by the second of their event time. */
  private final TreeMap<Long, Integer> aheadBySecond = new TreeMap<>();

  private int ahead;
  private volatile boolean closed;

  /**
   * @param maxLeadMillis how far ahead of the slowest shard a shard may be, in event time
   * @param clocks of the shards of this subtask
   * @param tracker open, and shared by all subtasks of both sources
   * @param refreshFailures counts the refreshes that did not reach the job manager
   */
  LeadLimit(
      long maxLeadMillis, ShardClocks clocks, WatermarkTracker tracker, Counter refreshFailures) {
    this(maxLeadMillis, RECORDS_AHEAD, clocks, tracker, refreshFailures, System::nanoTime);
  }

  /** With another number of records ahead, and a monotonic clock. */
  LeadLimit(
      long maxLeadMillis,
      int recordsAhead,
      ShardClocks clocks,
      WatermarkTracker tracker,
      Counter refreshFailures,
      LongSupplier nanoTime) {
    this.maxLeadMillis = maxLeadMillis;
    this.recordsAhead = recordsAhead;
    this.clocks = clocks;
    this.tracker = tracker;
    this.refreshFailures = refreshFailures;
    this.nanoTime = nanoTime;
    lastAnswer = nanoTime.getAsLong();
  }

  /**
   * The tracker that goes through the job manager.
   *
   * @param refreshMillis how often {@link #refresh} will be called
   */
  static WatermarkTracker jobWideTracker(RuntimeContext runtimeContext, long refreshMillis) {
    WatermarkTracker tracker = new JobManagerWatermarkTracker(AGGREGATE_NAME);
    // A subtask that no longer exists (restart, rescale) must not block the others for long.
    tracker.setUpdateTimeoutMillis(refreshMillis * 10);
    tracker.open(runtimeContext);
    return tracker;
  }

  /**
   * Reports the progress of this subtask and reads that of the slowest one; called periodically. If
   * the job manager does not respond, the last limit stays in use for at most {@link
   * #MAX_SILENCE_NANOS}: one slow response does not justify a restart of the job, and Flink itself
   * detects a lost job manager.
   */
  void refresh() {
    OptionalLong frontier = clocks.slowestFrontier();
    long slowest;
    try {
      // MAX_VALUE: this subtask has nothing to read and does not limit the others.
      slowest = tracker.updateWatermark(frontier.orElse(Long.MAX_VALUE));
    } catch (RuntimeException e) {
      refreshFailures.inc();
      LOG.warn(
          "The job manager did not report the progress of the slowest shard; the last reported value stays in use",
          e);
      if (nanoTime.getAsLong() - lastAnswer > MAX_SILENCE_NANOS) {
        LOG.warn(
            "The job manager has not responded for {} s; until it responds, a shard can read any number of records ahead of the slowest shard",
            MAX_SILENCE_NANOS / 1_000_000_000);
        moveTo(Long.MAX_VALUE);
      }
      return;
    }
    lastAnswer = nanoTime.getAsLong();
    if (slowest == Long.MIN_VALUE) {
      // No subtask has anything to read, so no record is ahead any longer.
      moveTo(NOT_KNOWN);
    } else {
      moveTo(slowest + maxLeadMillis);
    }
  }

  private synchronized void moveTo(long newLimit) {
    limit = newLimit;
    if (newLimit == Long.MAX_VALUE || newLimit == NOT_KNOWN) {
      aheadBySecond.clear();
      ahead = 0;
      return;
    }
    // Only complete seconds before the limit.
    Map<Long, Integer> reached = aheadBySecond.headMap(Math.floorDiv(newLimit, 1_000L));
    ahead -= reached.values().stream().mapToInt(Integer::intValue).sum();
    reached.clear();
  }

  /**
   * Waits until the event may be emitted; called by the shard's thread, without the checkpoint
   * lock.
   *
   * @throws InterruptedException when the source is being stopped
   */
  void await(String shard, long eventTime) throws InterruptedException {
    if (mayGoOn(eventTime)) {
      return;
    }
    clocks.waitWith(shard, eventTime);
    try {
      while (!closed && !mayGoOn(eventTime)) {
        Thread.sleep(PAUSE_MILLIS);
      }
    } finally {
      clocks.goOn(shard);
    }
  }

  void close() {
    closed = true;
    tracker.close();
  }

  /** Whether the event may be emitted now; counts it if it is beyond the span. */
  boolean mayGoOn(long eventTime) {
    return eventTime <= limit || takeRecordAhead(eventTime);
  }

  private synchronized boolean takeRecordAhead(long eventTime) {
    if (ahead >= recordsAhead) {
      return false;
    }
    ahead++;
    aheadBySecond.merge(Math.floorDiv(eventTime, 1_000L), 1, Integer::sum);
    return true;
  }
}
