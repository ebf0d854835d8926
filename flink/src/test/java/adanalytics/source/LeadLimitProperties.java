package adanalytics.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.apache.flink.metrics.SimpleCounter;
import org.apache.flink.streaming.connectors.kinesis.util.WatermarkTracker;

/**
 * Several subtasks of both sources, with shards that are fast, slow, empty, or end early, in a
 * random schedule: the limit is never exceeded, and all records are read in the end.
 */
class LeadLimitProperties {
  private static final long MAX_LEAD = 60_000;
  private static final int RECORDS_AHEAD = 5;
  private static final long IDLE_AFTER = 10_000;

  @Property(tries = 200)
  void theBoundHoldsAndEverythingIsRead(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 5) int subtasks,
      @ForAll @IntRange(min = 1, max = 3) int shardsOfEach)
      throws Exception {
    Simulation simulation = new Simulation(new Random(seed), subtasks, shardsOfEach);
    for (int round = 0; !simulation.isRead(); round++) {
      assertThat(round).as("rounds without an end").isLessThan(5_000);
      simulation.round();
    }
  }

  private static final class Simulation {
    private final Random random;
    private final List<Subtask> subtasks = new ArrayList<>();
    private final Map<Subtask, Long> told = new HashMap<>();
    private long now = 1_000_000;

    Simulation(Random random, int numberOfSubtasks, int shardsOfEach) {
      this.random = random;
      for (int i = 0; i < numberOfSubtasks; i++) {
        subtasks.add(new Subtask(shardsOfEach));
      }
    }

    boolean isRead() {
      return subtasks.stream().allMatch(subtask -> subtask.shards.stream().allMatch(Shard::isRead));
    }

    /** Some shards read, some subtasks report their progress, and time passes. */
    void round() throws Exception {
      now += random.nextInt(2_000);
      for (Subtask subtask : subtasks) {
        if (random.nextInt(3) > 0) {
          subtask.refresh();
        }
        for (Shard shard : subtask.shards) {
          subtask.read(shard, random.nextInt(12));
        }
      }
    }

    private final class Subtask {
      final List<Shard> shards = new ArrayList<>();
      final ShardClocks clocks = new ShardClocks(5_000, IDLE_AFTER, Map.of(), () -> now);
      final LeadLimit limit =
          new LeadLimit(
              MAX_LEAD, RECORDS_AHEAD, clocks, new SharedTracker(), new SimpleCounter(), () -> 0);
      private long slowest = Long.MIN_VALUE;
      private int aheadSinceRefresh;

      Subtask(int numberOfShards) {
        for (int i = 0; i < numberOfShards; i++) {
          Shard shard = new Shard("shard " + i);
          shards.add(shard);
          clocks.register(shard.name);
        }
      }

      void refresh() {
        limit.refresh();
        aheadSinceRefresh = 0;
      }

      /** Like the shard's thread: waits with an event that may not be emitted yet. */
      void read(Shard shard, int most) {
        if (shard.isFinished) {
          return;
        }
        clocks.batchStarted(shard.name);
        for (int i = 0; i < most && !shard.isRead(); i++) {
          long time = shard.times.peek();
          if (!limit.mayGoOn(time)) {
            clocks.waitWith(shard.name, time);
            return;
          }
          clocks.goOn(shard.name);
          shard.times.poll();
          clocks.observe(shard.name, time, time);
          boolean isAhead = slowest == Long.MIN_VALUE || time > slowest + MAX_LEAD;
          aheadSinceRefresh += isAhead ? 1 : 0;
          assertThat(aheadSinceRefresh).isLessThanOrEqualTo(RECORDS_AHEAD);
        }
        clocks.batchDone(shard.name, shard.isRead());
        if (shard.isRead() && shard.ends) {
          clocks.finish(shard.name);
          shard.isFinished = true;
        }
      }

      private final class SharedTracker extends WatermarkTracker {
        private static final long serialVersionUID = 1L;

        @Override
        public long updateWatermark(long localWatermark) {
          told.put(Subtask.this, localWatermark);
          long least = told.values().stream().mapToLong(Long::longValue).min().getAsLong();
          slowest = least == Long.MAX_VALUE ? Long.MIN_VALUE : least;
          return slowest;
        }

        @Override
        public long getUpdateTimeoutCount() {
          return 0;
        }
      }
    }

    private final class Shard {
      final String name;
      final Deque<Long> times = new ArrayDeque<>();

      /** Whether it is closed, like after a split; otherwise no further records arrive. */
      final boolean ends = random.nextBoolean();

      boolean isFinished;

      Shard(String name) {
        this.name = name;
        int speed = 1 + random.nextInt(30_000);
        long time = random.nextInt(300_000);
        for (int i = random.nextInt(150); i > 0; i--) {
          time += random.nextInt(speed);
          times.add(time);
        }
      }

      boolean isRead() {
        return times.isEmpty();
      }
    }
  }
}
