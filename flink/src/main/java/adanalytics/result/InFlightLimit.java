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
 * Limits the results in flight. Like the connector's limit, it decreases while Kinesis rejects
 * records, but it is never smaller than a full request.
 *
 * <p>The connector's writer flushes its buffer with a timer. If the limit is reached, it waits
 * inside the timer callback, and no checkpoint can begin. With {@link #timers} it does not wait:
 * the timer is set again until the limit allows the next request. The buffer then contains at most
 * one request, except after a restore, when everything restored is sent immediately.
 *
 * <p>Only the task's thread uses it.
 */
final class InFlightLimit implements RateLimitingStrategy {
  /** Delay until a timer checks the limit again. Equal to the shortest delay of a retry. */
  private static final long PAUSE_MILLIS = RetryDelays.SHORTEST.toMillis();

  private final RateLimitingStrategy limit;

  /** Size of the next request, as the writer last reported it. */
  private int nextBatch;

  private boolean lifted;

  /**
   * @param batchSize maximum number of results in a request
   * @param requests maximum number of requests in flight
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
      // The values that the connector uses.
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
