package adanalytics.source;

import java.util.OptionalLong;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.streaming.connectors.kinesis.util.JobManagerWatermarkTracker;
import org.apache.flink.streaming.connectors.kinesis.util.WatermarkTracker;

/**
 * Holds fast shards back, across both streams and all subtasks, so that the state of a backlog
 * stays bounded: a shard may be ahead of the slowest one by an event-time span or by a number of
 * records, whichever is more. The second bound is what lets sparse traffic (days of event time in a
 * thousand records) go at full speed.
 *
 * <p>The slowest shard's progress is shared through the job manager, by the connector's own
 * tracker.
 */
final class LeadLimit {
  /** One name for both sources, so that they wait for each other. */
  private static final String AGGREGATE_NAME = "ad-event-frontier";

  static final long RECORDS_AHEAD = 50_000;
  private static final long PAUSE_MILLIS = 10;

  private final long maxLeadMillis;
  private final ShardClocks clocks;
  private final WatermarkTracker tracker;
  private volatile long limit = Long.MAX_VALUE;
  private volatile long recordsAheadLeft = RECORDS_AHEAD;
  private volatile boolean closed;

  /**
   * @param maxLeadMillis how far ahead of the slowest shard a shard may be, in event time
   * @param clocks of the shards of this subtask
   * @param tracker open, and shared by all subtasks of both sources
   */
  LeadLimit(long maxLeadMillis, ShardClocks clocks, WatermarkTracker tracker) {
    this.maxLeadMillis = maxLeadMillis;
    this.clocks = clocks;
    this.tracker = tracker;
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
   * periodically.
   */
  void refresh() {
    OptionalLong frontier = clocks.slowestFrontier();
    // MAX_VALUE: this subtask has nothing to read and holds nobody back.
    long slowest = tracker.updateWatermark(frontier.orElse(Long.MAX_VALUE));
    // MIN_VALUE: nobody has anything to read.
    limit = slowest == Long.MIN_VALUE ? Long.MAX_VALUE : slowest + maxLeadMillis;
    recordsAheadLeft = RECORDS_AHEAD;
  }

  /**
   * Waits until the event may go on; called by the shard's thread, without the checkpoint lock.
   *
   * @throws InterruptedException when the source is being stopped
   */
  void await(String shard, long eventTime) throws InterruptedException {
    if (eventTime <= limit || takeRecordAhead()) {
      return;
    }
    clocks.waitWith(shard, eventTime);
    try {
      while (!closed && eventTime > limit && !takeRecordAhead()) {
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

  /** Several shards may race for the last few: the bound is on memory and need not be exact. */
  private boolean takeRecordAhead() {
    long left = recordsAheadLeft;
    if (left <= 0) {
      return false;
    }
    recordsAheadLeft = left - 1;
    return true;
  }
}
