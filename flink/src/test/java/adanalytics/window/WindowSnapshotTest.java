package adanalytics.window;

import static org.assertj.core.api.Assertions.assertThat;

import adanalytics.state.Snapshots;
import adanalytics.state.TimerGroupFunction;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The current operators continue from the snapshots of earlier releases without a difference in the
 * output.
 */
class WindowSnapshotTest {
  private static final WindowSettings SETTINGS =
      TestSettings.of(
          new SlidingWindows(60_000, 20_000),
          new SlidingWindows(120_000, 60_000),
          new ReportableWindows(2, 1, 1, 3, 1_000, 0.5, 1),
          new SlidingWindows(120_000, 60_000),
          SlidingWindows.tumbling(30_000));
  private static final String ID = "ü🙂:";

  private static final Scenario<?, ?> USERS =
      new Scenario<UserEvent, UserWindow>(
          "user-windows",
          () -> new UserWindows(SETTINGS),
          event -> event.userId,
          WindowSnapshotTest::userEvents,
          operator -> {
            List<Object> out = new ArrayList<>(operator.output());
            out.addAll(operator.side(UserWindows.SHORT));
            out.addAll(operator.side(UserWindows.LONG));
            out.addAll(operator.side(UserWindows.DELTAS));
            return out;
          });
  private static final Scenario<?, ?> ADDRESSES =
      new Scenario<AddressEvent, ActorWindow>(
          "address-windows",
          () -> new AddressWindows(SETTINGS),
          event -> event.ip,
          WindowSnapshotTest::addressEvents,
          operator -> {
            List<Object> out = new ArrayList<>(operator.output());
            out.addAll(operator.side(AddressWindows.LONG));
            return out;
          });
  private static final Scenario<?, ?> TOTALS =
      new Scenario<WindowDelta, WindowTotals>(
          "totals-windows",
          () -> new TotalsWindows(SETTINGS),
          delta -> delta.key,
          WindowSnapshotTest::deltas,
          operator -> {
            List<Object> out = new ArrayList<>(operator.output());
            out.addAll(operator.side(TotalsWindows.PUBLISHERS));
            out.addAll(operator.side(TotalsWindows.SETTLED));
            out.addAll(operator.side(TotalsWindows.BOTS));
            return out;
          });

  static Stream<Scenario<?, ?>> scenarios() {
    return Stream.of(USERS, ADDRESSES, TOTALS);
  }

  static Stream<Arguments> scenariosOfReleases() {
    return Stream.of(Snapshots.RELEASES)
        .flatMap(release -> scenarios().map(scenario -> Arguments.of(release, scenario)));
  }

  @ParameterizedTest(name = "{1} of release {0}")
  @MethodSource("scenariosOfReleases")
  void continuesFromTheSnapshot(String release, Scenario<?, ?> scenario) throws Exception {
    List<String> uninterrupted = scenario.goOn(scenario.snapshot());

    assertThat(uninterrupted).isNotEmpty();
    assertThat(scenario.goOn(Snapshots.read(release, scenario.operator))).isEqualTo(uninterrupted);
  }

  @ParameterizedTest
  @MethodSource("scenarios")
  @EnabledIfSystemProperty(
      named = Snapshots.WRITE,
      matches = ".+",
      disabledReason = "Writes the snapshots of a release, when one is made")
  void writesTheSnapshot(Scenario<?, ?> scenario) throws Exception {
    Snapshots.write(scenario.snapshot(), scenario.operator);
  }

  /**
   * More campaigns and keys of one user than fit into its value, and a click that the watermark has
   * not reached.
   */
  private static List<UserEvent> userEvents(long from) {
    List<UserEvent> events = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      UserEvent event = new UserEvent();
      event.userId = ID + (i % 5 == 0 ? "few" : "many");
      event.campaignId = ID + i;
      event.time = from + 700L * i;
      event.what = (byte) (i % 3);
      event.adId = "a" + i;
      event.publisherId = "p";
      event.deviceType = "unknown";
      event.country = "DE";
      event.costMicros = i;
      events.add(event);
    }
    return events;
  }

  private static List<AddressEvent> addressEvents(long from) {
    List<AddressEvent> events = new ArrayList<>();
    for (int i = 0; i < 80; i++) {
      AddressEvent event = new AddressEvent();
      event.ip = i % 8 == 0 ? "2001:db8::1" : "192.0.2.1";
      event.time = from + 350L * i;
      event.what = (byte) (i % 3);
      event.userId = ID + i;
      events.add(event);
    }
    return events;
  }

  private static List<WindowDelta> deltas(long from) {
    List<WindowDelta> deltas = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      long window = from / 30_000 + 1 + i % 2;
      deltas.add(new WindowDelta("campaign:" + ID + i % 3, window, i, 1, 10L * i, 1));
      deltas.add(new WindowDelta(TotalsWindows.PUBLISHER + ID, window, 40, i, 0, 2));
      deltas.add(new WindowDelta(TotalsWindows.SETTLED_CAMPAIGN + ID, window, 1, i, 3, 1));
      deltas.add(new WindowDelta(TotalsWindows.BOT_ADDRESS + "192.0.2.1", from / 60_000 + 1, 1));
    }
    return deltas;
  }

  /** Events before a snapshot, and the same kind of events after it. */
  private static final class Scenario<I, O> {
    private static final long BEFORE = 120_000;
    private static final long AFTER = 150_000;

    final String operator;
    private final Supplier<TimerGroupFunction<I, O>> function;
    private final KeySelector<I, String> key;
    private final Function<Long, List<I>> eventsFrom;
    private final Function<WindowHarness<I, O>, List<Object>> outputOf;

    Scenario(
        String operator,
        Supplier<TimerGroupFunction<I, O>> function,
        KeySelector<I, String> key,
        Function<Long, List<I>> eventsFrom,
        Function<WindowHarness<I, O>, List<Object>> outputOf) {
      this.operator = operator;
      this.function = function;
      this.key = key;
      this.eventsFrom = eventsFrom;
      this.outputOf = outputOf;
    }

    OperatorSubtaskState snapshot() throws Exception {
      try (WindowHarness<I, O> harness = new WindowHarness<>(function.get(), key)) {
        for (I event : eventsFrom.apply(BEFORE - 60_000)) {
          harness.event(event);
        }
        harness.watermark(BEFORE - 1);
        for (I event : eventsFrom.apply(BEFORE)) {
          harness.event(event);
        }
        harness.watermark(BEFORE + 10_000 - 1);
        return harness.snapshot();
      }
    }

    /** The output after the snapshot, as text. */
    List<String> goOn(OperatorSubtaskState snapshot) throws Exception {
      try (WindowHarness<I, O> harness = new WindowHarness<>(function.get(), key, snapshot)) {
        for (I event : eventsFrom.apply(AFTER)) {
          harness.event(event);
        }
        harness.drain();
        assertThat(harness.timers()).isZero();
        List<String> out = new ArrayList<>();
        for (Object value : outputOf.apply(harness)) {
          out.add(FieldsAsText.of(value));
        }
        out.sort(null);
        return out;
      }
    }

    @Override
    public String toString() {
      return operator;
    }
  }
}
