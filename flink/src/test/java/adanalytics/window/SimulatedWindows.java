package adanalytics.window;

import adanalytics.simulation.Choices;
import adanalytics.simulation.ParallelOperator;
import adanalytics.simulation.Schedule;
import adanalytics.simulation.Step;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.contrib.streaming.state.EmbeddedRocksDBStateBackend;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;

/** The settings and events of a schedule for operators with windows. */
final class SimulatedWindows {
  /** One event, as the windows of addresses and of users both understand it. */
  static final class Event {
    final long time;

    /** An address or a user. */
    final String who;

    /** A user behind an address, or a campaign and the start of other ids. */
    final String what;

    /** 0, 1 or 2: the constants of both classes of events. */
    final byte kind;

    private Event(long time, String who, String what, byte kind) {
      this.time = time;
      this.who = who;
      this.what = what;
      this.kind = kind;
    }
  }

  /** Thresholds that some windows reach, with their definition, for the model. */
  static final class Thresholds {
    private static final long IMPRESSIONS_OF_RATE_FROM = 3;
    private static final double RATE_ABOVE = 0.7;

    private final long impressionsAbove;
    private final long clicksAbove;
    private final long unattributedClicksAbove;
    private final long clicksFrom;
    private final long usersAbove;

    private Thresholds(Choices choices) {
      impressionsAbove = choices.below(20);
      clicksAbove = choices.below(20);
      unattributedClicksAbove = choices.below(20);
      clicksFrom = 2 + choices.below(9);
      usersAbove = choices.below(40);
    }

    boolean isShort(long impressions, long clicks, long unattributedClicks) {
      return impressions > impressionsAbove
          || clicks > clicksAbove
          || unattributedClicks > unattributedClicksAbove;
    }

    /** The rate is a necessary condition only: as if the window had the fewest impressions. */
    boolean isLong(long impressions, long clicks, long users) {
      boolean hasRate =
          impressions >= IMPRESSIONS_OF_RATE_FROM
              && clicks >= Math.floor(RATE_ABOVE * IMPRESSIONS_OF_RATE_FROM);
      return clicks >= clicksFrom || users > usersAbove || hasRate;
    }
  }

  private static final long[] TICKS = {500, 100, 1_000, 10_000};

  final long tickMillis;
  final SlidingWindows shortWindows;
  final SlidingWindows longWindows;
  final SlidingWindows engagement;
  final SlidingWindows metrics;
  final Thresholds thresholds;
  final ReportableWindows reportable;
  final int cacheBytes;
  final int parallelism;
  private final boolean isOnRocksDb;
  private final int actors;
  private final int members;

  SimulatedWindows(Schedule schedule) {
    Choices choices = schedule.choices();
    tickMillis = TICKS[choices.below(TICKS.length)];
    parallelism = 1 + choices.below(3);
    // RocksDB, like in the job. The heap is used more often, because it takes a tenth of the time.
    isOnRocksDb = choices.below(8) == 7;
    actors = 1 + choices.below(8);
    // Sometimes more members than fit into a value.
    members = choices.below(3) < 2 ? 5 : 3 * DistinctMembers.MAX_IN_THE_VALUE;
    cacheBytes = 5 * choices.below(1_000);
    shortWindows = windows(choices);
    longWindows = windows(choices);
    engagement = windows(choices);
    metrics = windows(choices).slidingByLength();
    thresholds = new Thresholds(choices);
    reportable =
        new ReportableWindows(
            thresholds.impressionsAbove,
            thresholds.clicksAbove,
            thresholds.unattributedClicksAbove,
            thresholds.clicksFrom,
            Thresholds.IMPRESSIONS_OF_RATE_FROM,
            Thresholds.RATE_ABOVE,
            thresholds.usersAbove);
  }

  private static SlidingWindows windows(Choices choices) {
    long slide = 1_000L * (1 + choices.below(20));
    return new SlidingWindows(slide * (1 + choices.below(12)), slide);
  }

  WindowSettings settings() {
    return TestSettings.of(shortWindows, longWindows, reportable, engagement, metrics);
  }

  Event event(Step step) {
    return new Event(
        step.time(tickMillis),
        "a" + step.who % actors,
        "m" + step.what % members,
        (byte) (step.kind % 3));
  }

  List<Event> events(Schedule schedule) {
    return schedule.events().stream().map(this::event).collect(Collectors.toList());
  }

  /** Creates an operator without state, with the parallelism of the schedule. */
  <I, O> ParallelOperator<KeyedOneInputStreamOperatorTestHarness<String, I, O>, O> open(
      Supplier<OneInputStreamOperator<I, O>> operator, KeySelector<I, String> key)
      throws Exception {
    return open(operator, key, isOnRocksDb, parallelism);
  }

  static <I, O> ParallelOperator<KeyedOneInputStreamOperatorTestHarness<String, I, O>, O> open(
      Supplier<OneInputStreamOperator<I, O>> operator,
      KeySelector<I, String> key,
      boolean isOnRocksDb,
      int parallelism)
      throws Exception {
    return new ParallelOperator<>(
        (keyGroups, subtasks, subtask) -> {
          KeyedOneInputStreamOperatorTestHarness<String, I, O> harness =
              new KeyedOneInputStreamOperatorTestHarness<>(
                  operator.get(), key, Types.STRING, keyGroups, subtasks, subtask);
          if (isOnRocksDb) {
            harness.setStateBackend(new EmbeddedRocksDBStateBackend());
          }
          harness.getExecutionConfig().disableGenericTypes();
          return harness;
        },
        parallelism);
  }

  @Override
  public String toString() {
    return String.format(
        "short %s, long %s, engagement %s, metrics %s, thresholds %s, cache %d bytes, %s",
        described(shortWindows),
        described(longWindows),
        described(engagement),
        described(metrics),
        reportable,
        cacheBytes,
        isOnRocksDb ? "RocksDB" : "heap");
  }

  private static String described(SlidingWindows windows) {
    return windows.windowMillis + "/" + windows.slideMillis + " ms";
  }
}
