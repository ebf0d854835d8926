package adanalytics.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ShardClocksTest {
  private final AtomicLong now = new AtomicLong();
  private final ShardClocks clocks = new ShardClocks(5_000, 10_000, Map.of(), now::get);

  @Test
  void theSlowestShardSetsTheWatermark() {
    clocks.register("a");
    clocks.register("b");
    clocks.observe("a", 200_000, 200_000);
    clocks.observe("b", 100_000, 100_000);

    assertThat(clocks.watermark().timestamp).isEqualTo(94_999);
    assertThat(clocks.watermark().idle).isFalse();
  }

  @Test
  void aFastShardMakesNoEventOfASlowOneLate() {
    clocks.register("a");
    clocks.register("b");
    clocks.observe("a", 200_000, 200_000);

    assertThat(clocks.observe("b", 100_000, 100_000)).isEqualTo(-1);
  }

  @Test
  void aShardWithoutEventsHoldsTheWatermark() {
    clocks.register("a");
    clocks.register("b");
    clocks.observe("a", 200_000, 200_000);

    assertThat(clocks.watermark().timestamp).isEqualTo(Long.MIN_VALUE);
  }

  @Test
  void anIdleShardDoesNotHoldTheOthersBack() {
    clocks.register("a");
    clocks.register("b");
    clocks.observe("b", 100_000, 100_000);
    now.set(10_000);
    clocks.batchDone("b", true);
    clocks.observe("a", 200_000, 200_000);

    assertThat(clocks.watermark().timestamp).isEqualTo(194_999);
    assertThat(clocks.watermark().idle).isFalse();
  }

  @Test
  void isIdleWhenEveryShardIsIdleAndKeepsTheGreatestWatermark() {
    clocks.register("a");
    clocks.register("b");
    clocks.observe("a", 200_000, 200_000);
    clocks.observe("b", 100_000, 100_000);
    now.set(10_000);
    clocks.batchDone("a", true);
    clocks.batchDone("b", true);

    assertThat(clocks.watermark().timestamp).isEqualTo(204_999);
    assertThat(clocks.watermark().idle).isTrue();
  }

  @Test
  void isIdleWithoutAShard() {
    assertThat(clocks.watermark().timestamp).isEqualTo(Long.MIN_VALUE);
    assertThat(clocks.watermark().idle).isTrue();
  }

  @Test
  void continuesFromACheckpointWithItsOwnShardsOnly() {
    ShardClocks restored = restored();
    restored.register("a");
    restored.allRegistered();

    assertThat(restored.watermark().timestamp).isEqualTo(94_999);
    assertThat(restored.snapshot()).containsOnlyKeys("a");
    assertThat(restored.snapshot().get("a").time).isEqualTo(100_000);
  }

  /** The shards are discovered one after the other, and a checkpoint may come in between. */
  @Test
  void aCheckpointBeforeAllShardsAreRegisteredKeepsEveryClock() {
    ShardClocks restored = restored();
    assertThat(restored.snapshot()).containsOnlyKeys("a", "other");

    restored.register("a");
    restored.observe("a", 200_000, 200_000);

    assertThat(restored.snapshot()).containsOnlyKeys("a", "other");
    assertThat(restored.snapshot().get("a").time).isEqualTo(200_000);
  }

  @Test
  void theClockOfAFinishedShardIsRemoved() {
    clocks.register("a");
    clocks.allRegistered();
    clocks.observe("a", 100_000, 100_000);
    clocks.finish("a");
    assertThat(clocks.snapshot()).containsOnlyKeys("a");

    now.set(10_000);
    assertThat(clocks.snapshot()).isEmpty();
  }

  @Test
  void anIdleShardsWindowsAreClosedByOtherShards() {
    clocks.register("quiet");
    clocks.register("busy");
    clocks.allRegistered();
    clocks.observe("quiet", 100_000, 100_000);
    now.set(10_000);
    clocks.batchDone("quiet", true);
    clocks.observe("busy", 200_000, 200_000);
    clocks.closed(clocks.watermark().timestamp);

    ShardClocks restarted = new ShardClocks(5_000, 10_000, clocks.snapshot(), now::get);
    restarted.register("quiet");
    restarted.register("busy");

    assertThat(restarted.watermark().timestamp).isEqualTo(194_999);
    assertThat(restarted.observe("quiet", 194_999, 194_999)).isEqualTo(5_001);
    assertThat(restarted.observe("busy", 195_000, 195_000)).isEqualTo(-1);
  }

  /** The shard had no event yet, but the windows of its first event may be closed. */
  @Test
  void aCheckpointKeepsWhatWasClosedForAShardWithoutAnEvent() {
    clocks.register("silent");
    clocks.register("a");
    clocks.allRegistered();
    clocks.batchDone("silent", true);
    now.set(10_000);
    clocks.batchDone("silent", true);
    clocks.observe("a", 200_000, 200_000);
    clocks.closed(clocks.watermark().timestamp);

    ShardClocks restarted = new ShardClocks(5_000, 10_000, clocks.snapshot(), now::get);
    restarted.register("silent");

    assertThat(restarted.observe("silent", 194_999, 194_999)).isEqualTo(5_001);
  }

  private ShardClocks restored() {
    return new ShardClocks(
        5_000,
        10_000,
        Map.of("a", ShardClock.Position.of(100_000, 0), "other", ShardClock.Position.of(1, 0)),
        now::get);
  }

  @Test
  void theSlowestProgressIgnoresIdleAndEmptyShards() {
    assertThat(clocks.slowestFrontier()).isEqualTo(OptionalLong.empty());
    clocks.register("silent");
    clocks.register("a");
    clocks.register("b");
    clocks.observe("a", 200_000, 200_000);
    clocks.observe("b", 100_000, 100_000);
    assertThat(clocks.slowestFrontier()).hasValue(100_000);

    now.set(10_000);
    clocks.batchDone("b", true);
    assertThat(clocks.slowestFrontier()).hasValue(200_000);
  }
}
