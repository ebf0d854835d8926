package adanalytics.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.flink.streaming.connectors.kinesis.util.WatermarkTracker;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class LeadLimitTest {
  private static final long MAX_LEAD = 60_000;

  private final ShardClocks clocks = new ShardClocks(5_000, 10_000, Map.of(), () -> 0);
  private final FakeTracker tracker = new FakeTracker();
  private final LeadLimit limit = new LeadLimit(MAX_LEAD, clocks, tracker);
  private final CountDownLatch passed = new CountDownLatch(1);
  private Thread waiting;

  @BeforeEach
  void twoShards() {
    clocks.register("fast");
    clocks.observe("fast", 1_000);
  }

  @AfterEach
  void letGo() throws InterruptedException {
    limit.close();
    if (waiting != null) {
      waiting.join();
    }
  }

  @Test
  void anEventWithinTheLeadGoesOn() throws InterruptedException {
    refreshWith(100_000);
    useUpTheRecordsAhead(160_001);

    limit.await("fast", 160_000);
  }

  @Test
  void anEventBeyondItWaitsForTheSlowestAndCountsAsReachedMeanwhile() throws InterruptedException {
    refreshWith(100_000);
    useUpTheRecordsAhead(500_000);
    startWaiting(500_000);

    while (clocks.slowestFrontier().getAsLong() != 500_000) {
      Thread.sleep(1);
    }
    assertThat(passed.getCount()).isOne();

    refreshWith(440_000);
    assertThat(passed.await(20, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void someRecordsMayGoAheadAfterEachRefreshSoThatSparseTrafficIsNotSlowed()
      throws InterruptedException {
    refreshWith(100_000);
    useUpTheRecordsAhead(500_000);
    startWaiting(500_000);

    refreshWith(100_000);
    assertThat(passed.await(20, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void nobodyWaitsWhenNobodyHasAnythingToRead() throws InterruptedException {
    refreshWith(Long.MIN_VALUE);
    useUpTheRecordsAhead(Long.MAX_VALUE);

    limit.await("fast", Long.MAX_VALUE);
  }

  @Test
  void closingLetsWaitingEventsGo() throws InterruptedException {
    refreshWith(100_000);
    useUpTheRecordsAhead(500_000);
    startWaiting(500_000);

    limit.close();
    assertThat(passed.await(20, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void tellsTheOthersHowFarThisSubtaskHasCome() {
    refreshWith(100_000);

    assertThat(tracker.told).isEqualTo(1_000);
  }

  private void refreshWith(long slowest) {
    tracker.slowest = slowest;
    limit.refresh();
  }

  private void useUpTheRecordsAhead(long eventTime) throws InterruptedException {
    for (long i = 0; i < LeadLimit.RECORDS_AHEAD; i++) {
      limit.await("fast", eventTime);
    }
  }

  private void startWaiting(long eventTime) {
    waiting =
        new Thread(
            () -> {
              try {
                limit.await("fast", eventTime);
                passed.countDown();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    waiting.start();
  }

  private static final class FakeTracker extends WatermarkTracker {
    private static final long serialVersionUID = 1L;

    private volatile long slowest;
    private volatile long told;

    @Override
    public long updateWatermark(long localWatermark) {
      told = localWatermark;
      return slowest;
    }

    @Override
    public long getUpdateTimeoutCount() {
      return 0;
    }
  }
}
