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
 * Holds fast shards back, across both streams and all subtasks, so that the state of a backlog
 * stays bounded. A shard may be ahead of the slowest one by an event-time span; and each subtask
 * may have {@link #RECORDS_AHEAD} records beyond that span. The second bound lets sparse traffic
 * (days of event time in a thousand records) go at full speed. A record beyond the span is given
 * back only when the slowest shard has come close enough to it. While the slowest is not known,
 * before the first refresh or because no subtask had anything to read at the last one, each record
 * counts as one beyond the span. So the second bound holds from the first record on.
 *
 * <p>The slowest shard's progress is shared through the job manager, by the connector's own
 * tracker.
 */
final class LeadLimit {
  /** One name for both sources, so that they wait for each other. */
  private static final String AGGREGATE_NAME = "ad-event-frontier";

  static final int RECORDS_AHEAD = 50_000;
  private static final long PAUSE_MILLIS = 10;

  /**
   * Without a response from the job manager for this long, nothing is held back: the bound saves
   * state, and a job that stands still gives no results at all.
   */
  static final long MOST_SILENCE_NANOS = 60_000_000_000L;

  /** The {@link #limit} while it is not known how far the slowest shard is. */
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

  /** Records that went beyond the limit, by the second of their time. */
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

  /** With another number of records ahead, and a clock that never goes back. */
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
    // A subtask that has gone (restart, rescale) must not hold the others for long.
    tracker.setUpdateTimeoutMillis(refreshMillis * 10);
    tracker.open(runtimeContext);
    return tracker;
  }

  /**
   * Tells the others how far this subtask has come and learns how far the slowest is; called
   * periodically. Where the job manager does not respond, the last limit stays, for at most {@link
   * #MOST_SILENCE_NANOS}: one slow answer does not justify a restart of the job, and if the job
   * manager is gone, Flink notices by itself.
   */
  void refresh() {
    OptionalLong frontier = clocks.slowestFrontier();
    long slowest;
    try {
      // MAX_VALUE: this subtask has nothing to read and holds no other back.
      slowest = tracker.updateWatermark(frontier.orElse(Long.MAX_VALUE));
    } catch (RuntimeException e) {
      refreshFailures.inc();
      LOG.warn(
          "The job manager did not report the progress of the slowest shard; the last reported value stays in use",
          e);
      if (nanoTime.getAsLong() - lastAnswer > MOST_SILENCE_NANOS) {
        LOG.warn(
            "The job manager has not reported progress for too long; shards read without a limit until it does");
        moveTo(Long.MAX_VALUE);
      }
      return;
    }
    lastAnswer = nanoTime.getAsLong();
    if (slowest == Long.MIN_VALUE) {
      // No subtask has anything to read, so all that was ahead is reached.
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
    // Only whole seconds that the limit has passed.
    Map<Long, Integer> reached = aheadBySecond.headMap(Math.floorDiv(newLimit, 1_000L));
    ahead -= reached.values().stream().mapToInt(Integer::intValue).sum();
    reached.clear();
  }

  /**
   * Waits until the event may go on; called by the shard's thread, without the checkpoint lock.
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

  /** Whether the event may go on now; counts it when it is beyond the lead. */
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
