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
    assertThat(clock.observe(100_000, 100_000, 0)).isEqualTo(ON_TIME);
    assertThat(clock.observe(95_000, 95_000, 0)).isEqualTo(ON_TIME);
    assertThat(clock.observe(94_999, 94_999, 0)).isEqualTo(5_001);
  }

  @Test
  void aLateEventMovesNothing() {
    clock.observe(100_000, 100_000, 0);
    clock.observe(1_000, 1_000, 0);

    assertThat(clock.time()).isEqualTo(100_000);
    assertThat(clock.watermark()).isEqualTo(94_999);
  }

  /** The contract's definition, written down again. */
  @Property
  void lateMeansEarlierThanTheGreatestBeforeItByMoreThanTheBound(
      @ForAll @Size(max = 50) List<@LongRange(min = 0, max = 60_000) Long> eventTimes) {
    ShardClock shard = new ShardClock(OUT_OF_ORDERNESS, IDLE_TIMEOUT, 0);
    List<Long> before = new ArrayList<>();
    for (long eventTime : eventTimes) {
      long watermark = shard.watermark();
      long greatest = before.stream().mapToLong(Long::longValue).max().orElse(eventTime);
      long behind = greatest - eventTime;

      long lateness = shard.observe(eventTime, eventTime, 0);

      assertThat(lateness).isEqualTo(behind > OUT_OF_ORDERNESS ? behind : ON_TIME);
      // An on-time event is after the latest watermark at its arrival.
      assertThat(eventTime > watermark).isEqualTo(lateness == ON_TIME);
      before.add(eventTime);
    }
  }

  @Test
  void isIdleOnceCaughtUpAndSilentForTheTimeout() {
    clock.observe(100_000, 100_000, 0);
    clock.batchStarted();
    clock.batchDone(true, 9_000);

    assertThat(clock.isIdle(9_999)).isFalse();
    assertThat(clock.isIdle(10_000)).isTrue();
  }

  @Test
  void isNotIdleWhileABacklogIsLeft() {
    clock.observe(100_000, 100_000, 0);
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
  void isNotIdleWhenItsPollsStop() {
    clock.batchDone(true, 0);

    assertThat(clock.isIdle(10_001)).isFalse();
  }

  @Test
  void aShardWithoutRecordsIsIdleOnceItIsCaughtUp() {
    clock.batchDone(true, 10_000);

    assertThat(clock.isIdle(10_000)).isTrue();
    assertThat(clock.idleWatermark(20_000)).isEqualTo(Long.MIN_VALUE);
  }

  @Test
  void eventTimeAdvancesWithTheWallClockWhileIdle() {
    clock.observe(100_000, 100_000, 1_000);

    assertThat(clock.idleWatermark(31_000)).isEqualTo(94_999 + 30_000);
  }

  @Test
  void aClosedShardHoldsTheWatermarkForTheIdleTimeout() {
    clock.observe(100_000, 100_000, 0);
    clock.finish(1_000);

    assertThat(clock.isIdle(10_999)).isFalse();
    assertThat(clock.isIdle(11_000)).isTrue();
    assertThat(clock.idleWatermark(50_000)).isEqualTo(94_999);
  }

  @Test
  void continuesFromACheckpoint() {
    clock.restore(ShardClock.Position.of(100_000, 0));

    assertThat(clock.observe(94_999, 94_999, 0)).isEqualTo(5_001);
    assertThat(clock.watermark()).isEqualTo(94_999);
  }

  @Test
  void aWaitingEventCountsAsReached() {
    clock.observe(100_000, 100_000, 0);
    clock.waitWith(500_000);
    assertThat(clock.frontier()).isEqualTo(500_000);

    clock.goOn();
    assertThat(clock.frontier()).isEqualTo(100_000);
  }

  @Test
  void aProducerWhoseClockRunsAheadMovesTheClockNoFurtherThanTheArrival() {
    assertThat(clock.observe(145_000, 100_000, 0)).isEqualTo(ON_TIME);

    assertThat(clock.time()).isEqualTo(100_000);
    assertThat(clock.observe(99_000, 101_000, 0)).isEqualTo(ON_TIME);
    assertThat(clock.watermark()).isEqualTo(94_999);
  }

  /** An event is late only because of its delay, whatever the clocks of other producers show. */
  @Property
  void noEventIsLateThatArrivesWithinTheBound(
      @ForAll @Size(max = 50) List<@LongRange(min = 0, max = 1_000) Long> pauses,
      @ForAll @Size(max = 50) List<@LongRange(min = -60_000, max = 5_000) Long> delays) {
    ShardClock shard = new ShardClock(OUT_OF_ORDERNESS, IDLE_TIMEOUT, 0);
    long arrival = 1_000_000;
    for (int i = 0; i < Math.min(pauses.size(), delays.size()); i++) {
      arrival += pauses.get(i);

      assertThat(shard.observe(arrival - delays.get(i), arrival, 0)).isEqualTo(ON_TIME);
    }
  }

  @Test
  void theIdlePeriodContinuesAfterARestart() {
    clock.observe(100_000, 100_000, 1_000);
    ShardClock restarted = new ShardClock(OUT_OF_ORDERNESS, IDLE_TIMEOUT, 500_000);
    restarted.restore(clock.position());
    restarted.batchDone(true, 500_000);

    assertThat(restarted.isIdle(500_000)).isTrue();
    assertThat(restarted.idleWatermark(500_000)).isEqualTo(94_999 + 499_000);
  }

  @Test
  void theWatermarkDoesNotDecreaseAfterARestartInAnIdlePeriod() {
    ShardClock restarted = restartedAfterIdlePeriodUpTo(194_999);

    assertThat(restarted.watermark()).isEqualTo(194_999);
  }

  @Test
  void anEventWhoseWindowsAnIdlePeriodClosedIsLateBeforeAndAfterARestart() {
    for (ShardClock shard : List.of(idleUpTo(194_999), restartedAfterIdlePeriodUpTo(194_999))) {
      assertThat(shard.observe(194_999, 201_000, 101_000)).isEqualTo(5_001);
      assertThat(shard.observe(195_000, 201_000, 101_000)).isEqualTo(ON_TIME);
    }
  }

  /** By the contract, an event whose windows are closed advances the clock like any other. */
  @Test
  void anEventWhoseWindowsAreClosedMovesTheClock() {
    ShardClock shard = idleUpTo(194_999);
    shard.observe(150_000, 201_000, 101_000);

    assertThat(shard.time()).isEqualTo(150_000);
    assertThat(shard.observe(144_999, 201_000, 101_000)).isEqualTo(5_001);
  }

  /**
   * Otherwise a delayed event one hour after the last one would keep the last windows open for an
   * hour.
   */
  @Test
  void aDelayedEventDoesNotRestartTheIdleTimeout() {
    ShardClock shard = idleUpTo(194_999);
    shard.observe(150_000, 201_000, 101_000);
    assertThat(shard.idleWatermark(111_000)).isEqualTo(204_999);

    ShardClock restarted = new ShardClock(OUT_OF_ORDERNESS, IDLE_TIMEOUT, 111_000);
    restarted.restore(shard.position());
    assertThat(restarted.idleWatermark(111_000)).isEqualTo(204_999);
  }

  @Test
  void closedWindowsAreNotAheadOfTheWallClock() {
    clock.observe(100_000, 100_000, 0);
    for (long now = 10_000; now <= 100_000; now += 200) {
      clock.closed(clock.idleWatermark(now));
    }

    assertThat(clock.watermark()).isEqualTo(94_999 + 100_000);
  }

  /**
   * A shard with its last event at 100 s, at wall-clock time 0, followed by an idle period of 100
   * s.
   */
  private static ShardClock idleUpTo(long watermark) {
    ShardClock shard = new ShardClock(OUT_OF_ORDERNESS, IDLE_TIMEOUT, 0);
    shard.observe(100_000, 100_000, 0);
    shard.closed(watermark);
    return shard;
  }

  private static ShardClock restartedAfterIdlePeriodUpTo(long watermark) {
    ShardClock shard = new ShardClock(OUT_OF_ORDERNESS, IDLE_TIMEOUT, 100_000);
    shard.restore(idleUpTo(watermark).position());
    return shard;
  }
}
