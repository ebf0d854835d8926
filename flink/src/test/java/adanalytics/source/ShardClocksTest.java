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
    clocks.observe("a", 200_000);
    clocks.observe("b", 100_000);

    assertThat(clocks.watermark().timestamp).isEqualTo(94_999);
    assertThat(clocks.watermark().idle).isFalse();
  }

  @Test
  void aFastShardMakesNoEventOfASlowOneLate() {
    clocks.register("a");
    clocks.register("b");
    clocks.observe("a", 200_000);

    assertThat(clocks.observe("b", 100_000)).isEqualTo(-1);
  }

  @Test
  void aShardThatHasToldNothingYetHoldsTheWatermark() {
    clocks.register("a");
    clocks.register("b");
    clocks.observe("a", 200_000);

    assertThat(clocks.watermark().timestamp).isEqualTo(Long.MIN_VALUE);
  }

  @Test
  void anIdleShardDoesNotHoldTheOthersBack() {
    clocks.register("a");
    clocks.register("b");
    clocks.observe("b", 100_000);
    now.set(10_000);
    clocks.batchDone("b", true);
    clocks.observe("a", 200_000);

    assertThat(clocks.watermark().timestamp).isEqualTo(194_999);
    assertThat(clocks.watermark().idle).isFalse();
  }

  @Test
  void isIdleWhenEveryShardIsAndGoesOnWithTheFurthest() {
    clocks.register("a");
    clocks.register("b");
    clocks.observe("a", 200_000);
    clocks.observe("b", 100_000);
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
  void goesOnFromACheckpointWithItsOwnShardsOnly() {
    ShardClocks restored =
        new ShardClocks(5_000, 10_000, Map.of("a", 100_000L, "other", 1L), now::get);
    restored.register("a");

    assertThat(restored.watermark().timestamp).isEqualTo(94_999);
    assertThat(restored.snapshot()).containsExactly(Map.entry("a", 100_000L));
  }

  @Test
  void theSlowestFrontierLeavesOutIdleAndSilentShards() {
    assertThat(clocks.slowestFrontier()).isEqualTo(OptionalLong.empty());
    clocks.register("silent");
    clocks.register("a");
    clocks.register("b");
    clocks.observe("a", 200_000);
    clocks.observe("b", 100_000);
    assertThat(clocks.slowestFrontier()).hasValue(100_000);

    now.set(10_000);
    clocks.batchDone("b", true);
    assertThat(clocks.slowestFrontier()).hasValue(200_000);
  }
}
