package adanalytics.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class ShardClockTest {
  private static final long OUT_OF_ORDERNESS = 5_000;
  private static final long IDLE_TIMEOUT = 10_000;
  private static final long ON_TIME = -1;

  private final ShardClock clock = new ShardClock(OUT_OF_ORDERNESS, IDLE_TIMEOUT, 0);

  @Test
  void isLateOnlyBeyondTheBound() {
    assertThat(clock.observe(100_000, 0)).isEqualTo(ON_TIME);
    assertThat(clock.observe(95_000, 0)).isEqualTo(ON_TIME);
    assertThat(clock.observe(94_999, 0)).isEqualTo(5_001);
  }

  @Test
  void aLateEventMovesNothing() {
    clock.observe(100_000, 0);
    clock.observe(1_000, 0);

    assertThat(clock.maxEventTime()).isEqualTo(100_000);
    assertThat(clock.watermark()).isEqualTo(94_999);
  }

  /** The contract's definition, written down once more. */
  @Property
  void lateMeansEarlierThanTheGreatestBeforeItByMoreThanTheBound(
      @ForAll @Size(max = 50) List<@LongRange(min = 0, max = 60_000) Long> eventTimes) {
    ShardClock shard = new ShardClock(OUT_OF_ORDERNESS, IDLE_TIMEOUT, 0);
    List<Long> before = new ArrayList<>();
    for (long eventTime : eventTimes) {
      long watermark = shard.watermark();
      long greatest = before.stream().mapToLong(Long::longValue).max().orElse(eventTime);
      long behind = greatest - eventTime;

      long lateness = shard.observe(eventTime, 0);

      assertThat(lateness).isEqualTo(behind > OUT_OF_ORDERNESS ? behind : ON_TIME);
      // What is on time is ahead of the watermark that was out when it came.
      assertThat(eventTime > watermark).isEqualTo(lateness == ON_TIME);
      before.add(eventTime);
    }
  }

  @Test
  void isIdleOnceCaughtUpAndSilentForTheTimeout() {
    clock.observe(100_000, 0);
    clock.batchStarted();
    clock.batchDone(true, 9_000);

    assertThat(clock.isIdle(9_999)).isFalse();
    assertThat(clock.isIdle(10_000)).isTrue();
  }

  @Test
  void isNotIdleWhileABacklogIsLeft() {
    clock.observe(100_000, 0);
    clock.batchStarted();
    clock.batchDone(false, 0);

    assertThat(clock.isIdle(1_000_000)).isFalse();
  }

  @Test
  void isNotIdleWhileABatchIsHandedOn() {
    clock.batchDone(true, 0);
    clock.batchStarted();

    assertThat(clock.isIdle(10_000)).isFalse();
  }

  @Test
  void isNotIdleWhenItsPollsStopComing() {
    clock.batchDone(true, 0);

    assertThat(clock.isIdle(10_001)).isFalse();
  }

  @Test
  void aShardThatWasNeverHeardOfIsIdleOnceItsPollsSaySo() {
    clock.batchDone(true, 10_000);

    assertThat(clock.isIdle(10_000)).isTrue();
    assertThat(clock.idleWatermark(20_000)).isEqualTo(Long.MIN_VALUE);
  }

  @Test
  void eventTimeGoesOnWithTheWallClockWhileIdle() {
    clock.observe(100_000, 1_000);

    assertThat(clock.idleWatermark(31_000)).isEqualTo(94_999 + 30_000);
  }

  @Test
  void aClosedShardHoldsTheWatermarkForTheIdleTimeout() {
    clock.observe(100_000, 0);
    clock.finish(1_000);

    assertThat(clock.isIdle(10_999)).isFalse();
    assertThat(clock.isIdle(11_000)).isTrue();
    assertThat(clock.idleWatermark(50_000)).isEqualTo(94_999);
  }

  @Test
  void goesOnFromACheckpoint() {
    clock.restore(100_000);

    assertThat(clock.observe(94_999, 0)).isEqualTo(5_001);
    assertThat(clock.watermark()).isEqualTo(94_999);
  }

  @Test
  void aWaitingEventCountsAsReached() {
    clock.observe(100_000, 0);
    clock.waitWith(500_000);
    assertThat(clock.frontier()).isEqualTo(500_000);

    clock.goOn();
    assertThat(clock.frontier()).isEqualTo(100_000);
  }
}
