package adanalytics.result;

import java.util.concurrent.ScheduledFuture;
import org.apache.flink.api.common.operators.ProcessingTimeService;
import org.apache.flink.api.common.operators.ProcessingTimeService.ProcessingTimeCallback;
import org.apache.flink.connector.base.sink.writer.strategy.AIMDScalingStrategy;
import org.apache.flink.connector.base.sink.writer.strategy.CongestionControlRateLimitingStrategy;
import org.apache.flink.connector.base.sink.writer.strategy.RateLimitingStrategy;
import org.apache.flink.connector.base.sink.writer.strategy.RequestInfo;
import org.apache.flink.connector.base.sink.writer.strategy.ResultInfo;
import org.apache.flink.connector.base.sink.writer.strategy.ScalingStrategy;

/**
 * How many results may be on their way: fewer while Kinesis refuses some, as the connector does it,
 * but never less than a full request.
 *
 * <p>The connector's writer sends the rest of its buffer by a timer. Where the limit is reached
 * there, it waits inside the timer, and no checkpoint can begin. With {@link #timers} it does not
 * wait: the timer is set again until the limit allows the next request. The buffer then holds at
 * most that, except after a restore: what was restored is sent at once.
 *
 * <p>Only the task's thread uses it.
 */
final class InFlightLimit implements RateLimitingStrategy {
  /** How long a timer waits for the limit. The shortest delay of a retry is as long. */
  private static final long PAUSE_MILLIS = RetryDelays.SHORTEST.toMillis();

  private final RateLimitingStrategy limit;

  /** Results of the next request, as the writer last said. */
  private int nextBatch;

  private boolean lifted;

  /**
   * @param batchSize most results of a request
   * @param requests most requests on their way
   */
  InFlightLimit(int batchSize, int requests) {
    limit =
        CongestionControlRateLimitingStrategy.builder()
            .setMaxInFlightRequests(requests)
            .setInitialMaxInFlightMessages(batchSize)
            .setScalingStrategy(new AtLeastOneRequest(batchSize, requests))
            .build();
  }

  /**
   * @param timers of the task
   * @return timers for the connector's writer, whose callbacks never wait for this limit
   */
  ProcessingTimeService timers(ProcessingTimeService timers) {
    return new ProcessingTimeService() {
      @Override
      public long getCurrentProcessingTime() {
        return timers.getCurrentProcessingTime();
      }

      @Override
      public ScheduledFuture<?> registerTimer(long time, ProcessingTimeCallback callback) {
        return timers.registerTimer(time, whenBelow(callback, timers));
      }
    };
  }

  private ProcessingTimeCallback whenBelow(
      ProcessingTimeCallback callback, ProcessingTimeService timers) {
    return time -> {
      if (limit.shouldBlock(() -> nextBatch)) {
        timers.registerTimer(
            timers.getCurrentProcessingTime() + PAUSE_MILLIS, whenBelow(callback, timers));
        return;
      }
      lifted = true;
      try {
        callback.onProcessingTime(time);
      } finally {
        lifted = false;
      }
    };
  }

  @Override
  public boolean shouldBlock(RequestInfo request) {
    nextBatch = request.getBatchSize();
    return !lifted && limit.shouldBlock(request);
  }

  @Override
  public void registerInFlightRequest(RequestInfo request) {
    limit.registerInFlightRequest(request);
  }

  @Override
  public void registerCompletedRequest(ResultInfo result) {
    limit.registerCompletedRequest(result);
  }

  @Override
  public int getMaxBatchSize() {
    return limit.getMaxBatchSize();
  }

  private static final class AtLeastOneRequest implements ScalingStrategy<Integer> {
    private final int batchSize;
    private final AIMDScalingStrategy connectors;

    AtLeastOneRequest(int batchSize, int requests) {
      this.batchSize = batchSize;
      // The connector's figures.
      connectors =
          AIMDScalingStrategy.builder(batchSize * requests)
              .setIncreaseRate(10)
              .setDecreaseFactor(0.99)
              .build();
    }

    @Override
    public Integer scaleUp(Integer current) {
      return connectors.scaleUp(current);
    }

    @Override
    public Integer scaleDown(Integer current) {
      return Math.max(batchSize, connectors.scaleDown(current));
    }
  }
}
