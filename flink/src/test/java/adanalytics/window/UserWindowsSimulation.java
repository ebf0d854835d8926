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
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AddLifecycleHook;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;

/** For every schedule and cache size, the windows are those of the definition. */
class UserWindowsSimulation {
  private static final int COST_MICROS = 3;

  @Provide
  Arbitrary<Schedule> schedules() {
    return Schedule.any();
  }

  @Property(tries = 250)
  @AddLifecycleHook(SimulationHook.class)
  void userWindowsAreWhatTheDefinitionSays(@ForAll("schedules") Schedule schedule)
      throws Exception {
    SimulatedWindows simulated = new SimulatedWindows(schedule);
    ParallelOperator<
            KeyedOneInputStreamOperatorTestHarness<String, UserEvent, UserWindow>, UserWindow>
        operator =
            simulated.open(
                () ->
                    ActorWindowsOperator.of(
                        new UserWindows(simulated.settings(), heap -> simulated.cacheBytes)),
                event -> event.userId);
    try (Timeline<UserEvent, UserWindow> timeline =
        new Timeline<>(
            schedule,
            simulated.tickMillis,
            operator,
            event -> event.userId,
            UserWindowsSimulation::take,
            Tally.of("user-windows"),
            expected(schedule, simulated))) {
      timeline.log().add(simulated.toString());
      timeline.run(step -> event(simulated, step));

      assertThat(sums(timeline.parts(), simulated.metrics))
          .as("sums of the deltas of each dimension. %s", timeline.log())
          .isEqualTo(
              WindowModel.totals(
                  simulated.events(schedule), simulated.metrics, UserWindowsSimulation::keysOf));
      operator.snapshot();
      assertThat(
              operator.keysHeld("user")
                  + operator.keysHeld("campaigns")
                  + operator.keysHeld("keys"))
          .as("keys with state at the end. %s", timeline.log())
          .isZero();
      assertThat(operator.timers()).isZero();
    }
  }

  private static UserEvent event(SimulatedWindows simulated, Step step) {
    Event event = simulated.event(step);
    UserEvent userEvent = new UserEvent();
    userEvent.userId = event.who;
    userEvent.campaignId = event.what;
    userEvent.adId = adOf(event);
    userEvent.publisherId = publisherOf(event);
    userEvent.deviceType = deviceOf(event);
    userEvent.country = countryOf(event);
    userEvent.time = event.time;
    userEvent.what = event.kind;
    userEvent.costMicros = event.kind == UserEvent.IMPRESSION ? COST_MICROS : 0;
    return userEvent;
  }

  /** Ids that differ in other ways than the campaign: by user, by time, or not at all. */
  private static String adOf(Event event) {
    return event.what + "-" + event.who;
  }

  private static String publisherOf(Event event) {
    return "of " + event.who;
  }

  private static String deviceOf(Event event) {
    return event.time % 3 == 0 ? "mobile" : "desktop";
  }

  private static String countryOf(Event event) {
    return "XX";
  }

  private static List<String> keysOf(Event event) {
    return List.of(
        "campaign:" + event.what,
        "ad:" + adOf(event),
        "publisher:" + publisherOf(event),
        "device_type:" + deviceOf(event),
        "country:" + countryOf(event));
  }

  private static Map<String, Long> expected(Schedule schedule, SimulatedWindows simulated) {
    List<Event> events = simulated.events(schedule);
    List<Event> acts = WindowModel.without(UserEvent.VALID_CLICK, events);
    Map<String, Long> expected = WindowModel.engagementWindows(events, simulated.engagement);
    expected.putAll(WindowModel.shortWindows(acts, simulated.shortWindows, simulated.thresholds));
    expected.putAll(
        WindowModel.longWindows(acts, simulated.longWindows, simulated.thresholds, held -> 0));
    return expected;
  }

  private static void take(
      ParallelOperator<
              KeyedOneInputStreamOperatorTestHarness<String, UserEvent, UserWindow>, UserWindow>
          operator,
      Collection<String> windows,
      Collection<Object> parts) {
    for (Object element : operator.output()) {
      if (element instanceof StreamRecord) {
        windows.add(described((UserWindow) ((StreamRecord<?>) element).getValue()));
      }
    }
    operator
        .take(UserWindows.SHORT)
        .forEach(window -> windows.add(ActorLines.ofShort(window.getValue())));
    operator
        .take(UserWindows.LONG)
        .forEach(window -> windows.add(ActorLines.ofLong(window.getValue())));
    operator.take(UserWindows.DELTAS).forEach(delta -> parts.add(delta.getValue()));
  }

  /** Sums of the deltas, by key, window and count. */
  private static Map<String, Long> sums(List<Object> deltas, SlidingWindows windows) {
    Map<String, Long> sums = new TreeMap<>();
    for (Object part : deltas) {
      WindowDelta delta = (WindowDelta) part;
      String name = delta.key + " " + (delta.window - 1) * windows.windowMillis;
      sums.merge(name + " impressions", delta.counts[WindowTotals.IMPRESSIONS], Long::sum);
      sums.merge(name + " clicks", delta.counts[WindowTotals.CLICKS], Long::sum);
      sums.merge(name + " cost", delta.counts[WindowTotals.COST_MICROS], Long::sum);
      sums.merge(name + " users", delta.counts[WindowTotals.USERS], Long::sum);
    }
    return sums;
  }

  private static String described(UserWindow w) {
    return String.format(
        "%s %d..%d %d/%d campaigns %d/%d weights %d/%d",
        w.userId,
        w.windowStart,
        w.windowEnd,
        w.impressions,
        w.clicks,
        w.campaigns,
        w.scoringCampaigns,
        w.impressionWeight,
        w.validClickWeight);
  }
}
