package adanalytics.state;

import static org.assertj.core.api.Assertions.assertThat;

import adanalytics.simulation.ParallelOperator;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.contrib.streaming.state.EmbeddedRocksDBStateBackend;
import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.streaming.api.TimerService;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.util.Collector;

/**
 * The timers on the heap fire at the same times as Flink's, also after restarts with another
 * parallelism.
 */
class EventTimersProperties {
  private static final String[] KEYS = {"", "a", "\u00fc\ud83d\ude42:\u0000", "b", "c", "d", "e"};
  private static final int MAX_SUBTASKS = 4;

  /** Sets the timer that an event asks for. Some timers set or delete another when they fire. */
  private static final class SetTimers extends TimerGroupFunction<Tuple2<String, Long>, String> {
    private static final long serialVersionUID = 1L;

    @Override
    public void processElement(Tuple2<String, Long> event, Context context, Collector<String> out) {
      context.timerService().registerEventTimeTimer(event.f1);
    }

    @Override
    public void onTimer(long time, OnTimerContext context, Collector<String> out) {
      out.collect(firing(time, context));
      if (time % 5 == 0) {
        context.timerService().registerEventTimeTimer(time + 2);
      }
      if (time % 5 == 1) {
        context.timerService().deleteEventTimeTimer(time + 1);
      }
    }
  }

  /**
   * Sets timers in groups, and single timers for every fourth millisecond. Some timers set another
   * for the same time when they fire.
   */
  private static final class SetGroups extends TimerGroupFunction<Tuple2<String, Long>, String> {
    private static final long serialVersionUID = 1L;
    private transient MapState<Long, Boolean> times;

    @Override
    public void open(OpenContext context) {
      times =
          getRuntimeContext()
              .getMapState(new MapStateDescriptor<>("times", Types.LONG, Types.BOOLEAN));
    }

    @Override
    public void processElement(Tuple2<String, Long> event, Context context, Collector<String> out)
        throws Exception {
      set(event.f0, event.f1, context.timerService());
    }

    private void set(String key, long time, TimerService service) throws Exception {
      if (time % 4 == 0) {
        service.registerEventTimeTimer(time);
      } else if (!times.contains(time)) {
        times.put(time, true);
        if (timerGroups() == null) {
          service.registerEventTimeTimer(time);
        } else {
          timerGroups().add(key, time);
        }
      }
    }

    @Override
    public void onTimer(long time, OnTimerContext context, Collector<String> out) throws Exception {
      out.collect(firing(time, context));
      boolean isFirst = time % 4 == 0 || times.get(time);
      times.remove(time);
      if (time % 5 == 0) {
        set(context.getCurrentKey(), time + 2, context.timerService());
      }
      if (time % 7 == 0 && isFirst && time % 4 != 0) {
        set(context.getCurrentKey(), time, context.timerService());
        times.put(time, false);
      }
    }
  }

  private static String firing(
      long time, KeyedProcessFunction<String, ?, String>.OnTimerContext context) {
    return context.getCurrentKey()
        + " has "
        + time
        + " at "
        + context.timerService().currentWatermark();
  }

  private static KeyedProcessOperator<String, Tuple2<String, Long>, String> withFlinksTimers() {
    return new KeyedProcessOperator<>(new SetTimers());
  }

  @Property(tries = 60)
  void timersFireAsFlinksDo(@ForAll long seed, @ForAll @IntRange(max = 80) int steps)
      throws Exception {
    try (Operator flinks =
            new Operator(EventTimersProperties::withFlinksTimers, new HashMapStateBackend());
        Operator own =
            new Operator(
                () -> new TimerGroupOperator<>(new SetTimers()), new HashMapStateBackend())) {
      assertSameOutput(own, flinks, new Random(seed), steps);
    }
  }

  @Property(tries = 60)
  void groupsFireAsTimersOfEachKeyDo(
      @ForAll long seed, @ForAll @IntRange(max = 80) int steps, @ForAll boolean isOnRocksDb)
      throws Exception {
    StateBackend backend =
        isOnRocksDb ? new EmbeddedRocksDBStateBackend() : new HashMapStateBackend();
    try (Operator flinks =
            new Operator(
                () -> new KeyedProcessOperator<>(new SetGroups()), new HashMapStateBackend());
        Operator own = new Operator(() -> new TimerGroupOperator<>(new SetGroups()), backend)) {
      assertSameOutput(own, flinks, new Random(seed), steps);
      assertThat(own.keysWithGroups()).isZero();
    }
  }

  @Property(tries = 8)
  void timersOfASnapshotWithFlinksTimersFireAsWell(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 30) int steps) throws Exception {
    try (Operator flinks =
            new Operator(
                EventTimersProperties::withFlinksTimers, new EmbeddedRocksDBStateBackend());
        Operator own =
            new Operator(
                () -> new TimerGroupOperator<>(new SetTimers()),
                new EmbeddedRocksDBStateBackend())) {
      Random random = new Random(seed);
      for (int step = 0; step < steps; step++) {
        flinks.step(random.nextLong());
      }
      own.continueFrom(flinks, 1 + random.nextInt(MAX_SUBTASKS));
      assertSameOutput(own, flinks, random, steps);
    }
  }

  /** Does the same steps in both operators, and fires all timers. */
  private static void assertSameOutput(Operator own, Operator flinks, Random random, int steps)
      throws Exception {
    for (int step = 0; step < steps; step++) {
      long choice = random.nextLong();
      assertThat(own.step(choice)).isEqualTo(flinks.step(choice));
    }
    assertThat(own.drain()).isEqualTo(flinks.drain());
    assertThat(own.timers()).isZero();
  }

  /** An operator that is controlled by numbers. */
  private static final class Operator implements AutoCloseable {
    private final ParallelOperator<
            KeyedOneInputStreamOperatorTestHarness<String, Tuple2<String, Long>, String>, String>
        subtasks;
    private long watermark;

    Operator(
        Supplier<KeyedProcessOperator<String, Tuple2<String, Long>, String>> operator,
        StateBackend backend)
        throws Exception {
      subtasks =
          new ParallelOperator<>(
              (keyGroups, parallelism, subtask) -> {
                KeyedOneInputStreamOperatorTestHarness<String, Tuple2<String, Long>, String>
                    harness =
                        new KeyedOneInputStreamOperatorTestHarness<>(
                            operator.get(),
                            event -> event.f0,
                            Types.STRING,
                            keyGroups,
                            parallelism,
                            subtask);
                harness.setStateBackend(backend);
                harness.setup();
                return harness;
              },
              1);
    }

    /** Does one step: an event, a watermark, or a restart. Returns the sorted output. */
    List<String> step(long choice) throws Exception {
      Random random = new Random(choice);
      int kind = random.nextInt(10);
      if (kind < 6) {
        String key = KEYS[random.nextInt(KEYS.length)];
        long time = watermark + 1 + random.nextInt(30);
        subtasks.send(
            key, subtask -> subtask.processElement(new StreamRecord<>(Tuple2.of(key, time))));
      } else if (kind < 9) {
        watermark += random.nextInt(12);
        long to = watermark;
        subtasks.sendToAll(subtask -> subtask.processWatermark(new Watermark(to)));
      } else {
        subtasks.restore(subtasks.snapshot(), 1 + random.nextInt(MAX_SUBTASKS));
      }
      return out();
    }

    List<String> drain() throws Exception {
      subtasks.sendToAll(subtask -> subtask.processWatermark(Watermark.MAX_WATERMARK));
      return out();
    }

    void continueFrom(Operator other, int parallelism) throws Exception {
      subtasks.restore(other.subtasks.snapshot(), parallelism);
      watermark = other.watermark;
    }

    int timers() {
      return subtasks.timers();
    }

    long keysWithGroups() {
      return subtasks.keysHeld(TimerGroups.DESCRIPTOR.getName());
    }

    private List<String> out() {
      List<String> out = new ArrayList<>();
      for (Object element : subtasks.output()) {
        if (element instanceof StreamRecord) {
          out.add((String) ((StreamRecord<?>) element).getValue());
        }
      }
      subtasks.output().clear();
      // Timers of different keys fire in any order, those of a key in the order of time.
      out.sort(Comparator.comparing(text -> text.substring(0, text.indexOf(" has "))));
      return out;
    }

    @Override
    public void close() throws Exception {
      subtasks.close();
    }
  }
}
