package adanalytics.window;

import static org.assertj.core.api.Assertions.assertThat;

import adanalytics.simulation.ParallelOperator;
import adanalytics.simulation.Schedule;
import adanalytics.simulation.SimulationHook;
import adanalytics.simulation.Step;
import adanalytics.simulation.Tally;
import adanalytics.simulation.Timeline;
import adanalytics.window.SimulatedWindows.Event;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AddLifecycleHook;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;

/** For every schedule and cache size, the windows are those of the definition. */
class AddressWindowsSimulation {
  @Provide
  Arbitrary<Schedule> schedules() {
    return Schedule.any();
  }

  @Property(tries = 250)
  @AddLifecycleHook(SimulationHook.class)
  void addressWindowsAreWhatTheDefinitionSays(@ForAll("schedules") Schedule schedule)
      throws Exception {
    SimulatedWindows simulated = new SimulatedWindows(schedule);
    ParallelOperator<
            KeyedOneInputStreamOperatorTestHarness<String, AddressEvent, ActorWindow>, ActorWindow>
        operator =
            simulated.open(
                () ->
                    ActorWindowsOperator.of(
                        new AddressWindows(simulated.settings(), heap -> simulated.cacheBytes)),
                event -> event.ip);
    try (Timeline<AddressEvent, ActorWindow> timeline =
        new Timeline<>(
            schedule,
            simulated.tickMillis,
            operator,
            event -> event.ip,
            AddressWindowsSimulation::take,
            Tally.of("address-windows"),
            expected(schedule, simulated))) {
      timeline.log().add(simulated.toString());
      timeline.run(step -> event(simulated, step));

      operator.snapshot();
      assertThat(operator.keysHeld("address") + operator.keysHeld("users"))
          .as("keys with state at the end. %s", timeline.log())
          .isZero();
      assertThat(operator.timers()).isZero();
    }
  }

  private static AddressEvent event(SimulatedWindows simulated, Step step) {
    Event event = simulated.event(step);
    AddressEvent addressEvent = new AddressEvent();
    addressEvent.ip = event.who;
    addressEvent.time = event.time;
    addressEvent.what = event.kind;
    addressEvent.userId = event.what;
    return addressEvent;
  }

  private static Map<String, Long> expected(Schedule schedule, SimulatedWindows simulated) {
    List<Event> events = simulated.events(schedule);
    Map<String, Long> expected =
        WindowModel.shortWindows(events, simulated.shortWindows, simulated.thresholds);
    expected.putAll(
        WindowModel.longWindows(
            WindowModel.without(ActorCounter.UNATTRIBUTED_CLICK, events),
            simulated.longWindows,
            simulated.thresholds,
            held -> held.stream().map(event -> event.what).distinct().count()));
    return expected;
  }

  private static void take(
      ParallelOperator<
              KeyedOneInputStreamOperatorTestHarness<String, AddressEvent, ActorWindow>,
              ActorWindow>
          operator,
      Collection<String> windows,
      Collection<Object> parts) {
    for (Object element : operator.output()) {
      if (element instanceof StreamRecord) {
        windows.add(ActorLines.ofShort((ActorWindow) ((StreamRecord<?>) element).getValue()));
      }
    }
    for (StreamRecord<ActorWindow> window : operator.take(AddressWindows.LONG)) {
      windows.add(ActorLines.ofLong(window.getValue()));
    }
  }

  /** Without such cases, the simulations of windows would not test much. */
  @Example
  void someSchedulesAreOutOfOrderAndHaveMoreMembersThanAValueHolds() {
    List<List<Event>> traffics =
        Schedule.any()
            .sampleStream()
            .limit(200)
            .map(schedule -> new SimulatedWindows(schedule).events(schedule))
            .collect(Collectors.toList());

    assertThat(traffics)
        .anySatisfy(
            events ->
                assertThat(
                        events.stream()
                            .filter(event -> event.who.equals("a0"))
                            .map(event -> event.what)
                            .distinct()
                            .count())
                    .isGreaterThan(DistinctMembers.MAX_IN_THE_VALUE))
        .anySatisfy(
            events ->
                assertThat(events)
                    .isNotEqualTo(
                        events.stream()
                            .sorted(Comparator.comparingLong(event -> event.time))
                            .collect(Collectors.toList())));
  }
}
