package adanalytics.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.apache.flink.metrics.SimpleCounter;
import org.apache.flink.streaming.connectors.kinesis.util.WatermarkTracker;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class LeadLimitTest {
  private static final long MAX_LEAD = 60_000;

  private final ShardClocks clocks = new ShardClocks(5_000, 10_000, Map.of(), () -> 0);
  private final SimpleCounter failures = new SimpleCounter();
  private final FakeTracker tracker = new FakeTracker();
  private final AtomicLong nanos = new AtomicLong();
  private final LeadLimit limit =
      new LeadLimit(MAX_LEAD, LeadLimit.RECORDS_AHEAD, clocks, tracker, failures, nanos::get);
  private final CountDownLatch passed = new CountDownLatch(1);
  private Thread waiting;

  @BeforeEach
  void twoShards() {
    clocks.register("fast");
    clocks.observe("fast", 1_000, 1_000);
  }

  @AfterEach
  void emitted() throws InterruptedException {
    limit.close();
    if (waiting != null) {
      waiting.join();
    }
  }

  @Test
  void anEventWithinTheLeadIsEmitted() throws InterruptedException {
    refreshWith(100_000);
    useUpTheRecordsAhead(160_001);

    limit.await("fast", 160_000);
  }

  @Test
  void anEventBeyondTheLeadWaitsAndCountsAsReached() throws InterruptedException {
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

  /** Sparse traffic: not every record waits until the slowest shard is near it. */
  @Test
  void someRecordsMayGoBeyondTheLead() throws InterruptedException {
    refreshWith(100_000);

    useUpTheRecordsAhead(500_000);
  }

  @Test
  void recordsBeyondTheLeadAreGivenBackOnlyWhenTheSlowestHasComeCloseToThem()
      throws InterruptedException {
    refreshWith(100_000);
    useUpTheRecordsAhead(500_000);
    startWaiting(900_000);

    for (long slowest : new long[] {100_000, 200_000, 440_999}) {
      refreshWith(slowest);
      assertThat(passed.await(50, TimeUnit.MILLISECONDS)).isFalse();
    }
    refreshWith(441_000);
    assertThat(passed.await(20, TimeUnit.SECONDS)).isTrue();
  }

  /** The records beyond the lead never exceed the bound. */
  @Property(tries = 50)
  void atMostTheBoundOfRecordsIsBeyondTheLead(
      @ForAll @Size(min = 1, max = 20) List<@LongRange(min = 0, max = 600_000) Long> steps)
      throws InterruptedException {
    ShardClocks shards = new ShardClocks(5_000, 10_000, Map.of(), () -> 0);
    shards.register("fast");
    FakeTracker slowest = new FakeTracker();
    LeadLimit bound = new LeadLimit(MAX_LEAD, shards, slowest, new SimpleCounter());
    List<Long> emitted = new ArrayList<>();
    long fast = 0;
    for (long step : steps) {
      slowest.slowest += step / 4;
      bound.refresh();
      for (int i = 0; i < LeadLimit.RECORDS_AHEAD / 3; i++) {
        fast += step / 10_000;
        if (!bound.mayGoOn(fast)) {
          break;
        }
        emitted.add(fast);
      }
      long limit = slowest.slowest + MAX_LEAD;
      long beyond = emitted.stream().filter(time -> time > limit).count();
      assertThat(beyond).isLessThanOrEqualTo(LeadLimit.RECORDS_AHEAD);
    }
  }

  @Test
  void keepsTheLastLimitWhenTheJobManagerDoesNotRespond() throws InterruptedException {
    refreshWith(100_000);
    tracker.failure = new IllegalStateException("time-out");

    limit.refresh();

    assertThat(failures.getCount()).isEqualTo(1);
    limit.await("fast", 160_000);
    assertThat(limit.mayGoOn(160_001)).isTrue();
    tracker.failure = null;
    refreshWith(300_000);
    useUpTheRecordsAhead(500_000);
  }

  @Test
  void removesTheLimitAfterAMinuteWithoutTheJobManager() throws InterruptedException {
    refreshWith(100_000);
    useUpTheRecordsAhead(500_000);
    tracker.failure = new IllegalStateException("time-out");

    nanos.set(LeadLimit.MAX_SILENCE_NANOS);
    limit.refresh();
    assertThat(limit.mayGoOn(500_000)).isFalse();
    nanos.set(LeadLimit.MAX_SILENCE_NANOS + 1);
    limit.refresh();
    assertThat(limit.mayGoOn(Long.MAX_VALUE)).isTrue();

    tracker.failure = null;
    refreshWith(100_000);
    useUpTheRecordsAhead(500_000);
    assertThat(limit.mayGoOn(500_000)).isFalse();
  }

  @Test
  void theBoundHoldsBeforeTheFirstAnswer() throws InterruptedException {
    useUpTheRecordsAhead(100_000);

    assertThat(limit.mayGoOn(0)).isFalse();
    refreshWith(41_000);
    assertThat(limit.mayGoOn(100_000)).isTrue();
  }

  @Test
  void whereNoSubtaskHadAnythingToReadTheBoundHoldsUntilTheNextAnswer()
      throws InterruptedException {
    refreshWith(100_000);
    useUpTheRecordsAhead(500_000);

    refreshWith(Long.MIN_VALUE);
    useUpTheRecordsAhead(Long.MAX_VALUE);
    assertThat(limit.mayGoOn(0)).isFalse();
    refreshWith(Long.MIN_VALUE);
    assertThat(limit.mayGoOn(Long.MAX_VALUE)).isTrue();
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
  void reportsTheProgressOfThisSubtask() {
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
    private volatile RuntimeException failure;

    @Override
    public long updateWatermark(long localWatermark) {
      if (failure != null) {
        throw failure;
      }
      told = localWatermark;
      return slowest;
    }

    @Override
    public long getUpdateTimeoutCount() {
      return 0;
    }
  }
}
