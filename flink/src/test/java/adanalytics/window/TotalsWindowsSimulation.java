package adanalytics.window;

import static org.assertj.core.api.Assertions.assertThat;

import adanalytics.simulation.Choices;
import adanalytics.simulation.ParallelOperator;
import adanalytics.simulation.Schedule;
import adanalytics.simulation.SimulationHook;
import adanalytics.simulation.Step;
import adanalytics.simulation.Tally;
import adanalytics.simulation.Timeline;
import adanalytics.state.TimerGroupOperator;
import adanalytics.state.TimerGroups;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AddLifecycleHook;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;

/** For every schedule, the totals and the rates of publishers are those of the definition. */
class TotalsWindowsSimulation {
  private static final String[] KINDS = {
    "campaign:", TotalsWindows.PUBLISHER, TotalsWindows.SETTLED_CAMPAIGN, TotalsWindows.BOT_ADDRESS
  };

  /** From seconds to months, because rates of publishers are kept for a week. */
  private static final long[] TICKS = {500, 10_000, 600_000, 3_600_000};

  private static final long ATTRIBUTION_MILLIS = 45_000;

  @Provide
  Arbitrary<Schedule> schedules() {
    return Schedule.any();
  }

  @Property(tries = 250)
  @AddLifecycleHook(SimulationHook.class)
  void totalsAndRatesAreWhatTheDefinitionSays(@ForAll("schedules") Schedule schedule)
      throws Exception {
    Setup setup = new Setup(schedule);
    ParallelOperator<
            KeyedOneInputStreamOperatorTestHarness<String, WindowDelta, WindowTotals>, WindowTotals>
        operator =
            SimulatedWindows.open(
                () -> new TimerGroupOperator<>(new TotalsWindows(setup.settings)),
                delta -> delta.key,
                setup.isOnRocksDb,
                setup.parallelism);
    try (Timeline<WindowDelta, WindowTotals> timeline =
        new Timeline<>(
            schedule,
            setup.tickMillis,
            operator,
            delta -> delta.key,
            TotalsWindowsSimulation::take,
            Tally.of("totals-windows"),
            new TotalsModel(setup.settings).windows(setup.deltas(schedule)))) {
      timeline.run(setup::delta);

      assertThat(
              operator.keysHeld("totals")
                  + operator.keysHeld("rates")
                  + operator.keysHeld(TimerGroups.DESCRIPTOR.getName()))
          .as("keys with state at the end. %s", timeline.log())
          .isZero();
      assertThat(operator.timers()).isZero();
    }
  }

  private static WindowSettings settings(Choices choices) {
    SlidingWindows any = SlidingWindows.tumbling(60_000);
    return new WindowSettings(
        SlidingWindows.tumbling(1_000L * (1 + choices.below(60))),
        any,
        new ReportableWindows(1, 1, 1, 2, 1, 1, 1),
        any,
        SlidingWindows.tumbling(1_000L * (1 + choices.below(60))),
        ATTRIBUTION_MILLIS,
        1 + choices.below(6),
        1 + choices.below(5));
  }

  private static WindowDelta delta(Step step, long tickMillis, WindowSettings settings) {
    String key = KINDS[step.kind % KINDS.length] + step.who % 3;
    long time = step.time(tickMillis);
    long window = settings.metricsWindows.windowMillis;
    if (key.startsWith(TotalsWindows.SETTLED_CAMPAIGN)) {
      // The impression of a click is at most the attribution window before it.
      time -= ATTRIBUTION_MILLIS * step.what / 95;
    } else if (key.startsWith(TotalsWindows.BOT_ADDRESS)) {
      window = settings.shortWindows.windowMillis;
    }
    return new WindowDelta(
        key, Math.floorDiv(time, window) + 1, step.what % 7, step.what % 4, step.what, 1);
  }

  private static void take(
      ParallelOperator<
              KeyedOneInputStreamOperatorTestHarness<String, WindowDelta, WindowTotals>,
              WindowTotals>
          operator,
      Collection<String> windows,
      Collection<Object> parts) {
    for (Object element : operator.output()) {
      if (element instanceof StreamRecord) {
        windows.add(described((WindowTotals) ((StreamRecord<?>) element).getValue()));
      }
    }
    operator
        .take(TotalsWindows.SETTLED)
        .forEach(totals -> windows.add(described(totals.getValue())));
    operator.take(TotalsWindows.BOTS).forEach(totals -> windows.add(described(totals.getValue())));
    for (StreamRecord<PublisherWindow> record : operator.take(TotalsWindows.PUBLISHERS)) {
      PublisherWindow rate = record.getValue();
      windows.add(
          TotalsModel.rateLine(
              rate.publisherId,
              rate.windowEnd,
              rate.impressions,
              rate.ctrPpm,
              rate.trailingWindows,
              rate.trailingSumPpm,
              rate.trailingDeviationPpm));
    }
  }

  private static String described(WindowTotals totals) {
    return TotalsModel.line(totals.key, totals.windowEnd, totals.counts);
  }

  /** Without such cases, no publisher would be compared with its past. */
  @Example
  void someSchedulesRememberAndForgetPublishers() {
    List<List<String>> rates =
        Schedule.any()
            .sampleStream()
            .limit(200)
            .map(TotalsWindowsSimulation::expectedRates)
            .collect(Collectors.toList());

    assertThat(rates)
        .anySatisfy(
            lines ->
                assertThat(lines).anySatisfy(line -> assertThat(line).contains("before it 5 ")))
        .anySatisfy(
            lines ->
                assertThat(lines.stream().filter(line -> line.contains("before it 0 ")))
                    .as("first windows of three publishers, and one after a week")
                    .hasSizeGreaterThan(3));
  }

  private static List<String> expectedRates(Schedule schedule) {
    Setup setup = new Setup(schedule);
    return new TotalsModel(setup.settings)
        .windows(setup.deltas(schedule)).keySet().stream()
            .filter(line -> line.startsWith("rate of"))
            .collect(Collectors.toList());
  }

  /** The settings that follow from the choices of a schedule. */
  private static final class Setup {
    final long tickMillis;
    final int parallelism;
    final boolean isOnRocksDb;
    final WindowSettings settings;

    Setup(Schedule schedule) {
      Choices choices = schedule.choices();
      tickMillis = TICKS[choices.below(TICKS.length)];
      parallelism = 1 + choices.below(3);
      isOnRocksDb = choices.below(8) == 7;
      settings = settings(choices);
    }

    List<WindowDelta> deltas(Schedule schedule) {
      return schedule.events().stream().map(this::delta).collect(Collectors.toList());
    }

    WindowDelta delta(Step step) {
      return TotalsWindowsSimulation.delta(step, tickMillis, settings);
    }
  }
}
