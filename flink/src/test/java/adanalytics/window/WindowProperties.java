package adanalytics.window;

import static org.assertj.core.api.Assertions.assertThat;

import adanalytics.window.RandomTraffic.Event;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/**
 * Whatever the order of arrival, the watermarks, the restarts and the size of the cache: the
 * windows are those that one gets from all events at once, by looking at each window for itself.
 */
class WindowProperties {
  @Property(tries = 60)
  void addressWindowsAreWhatTheDefinitionSays(
      @ForAll long seed,
      @ForAll @IntRange(max = 400) int events,
      @ForAll @IntRange(max = 5_000) int cacheBytes)
      throws Exception {
    RandomTraffic traffic = new RandomTraffic(seed, events);
    SlidingWindows shortWindows = traffic.windows();
    SlidingWindows longWindows = traffic.windows();
    ReportableWindows reportable = traffic.reportable();
    List<String> expected = shortWindows(traffic.events, shortWindows, reportable);
    expected.addAll(
        longWindows(
            without(ActorCounter.UNATTRIBUTED_CLICK, traffic.events),
            longWindows,
            reportable,
            held -> held.stream().map(event -> event.what).distinct().count()));

    List<String> found = new ArrayList<>();
    try (WindowHarness<AddressEvent, ActorWindow> operator =
        new WindowHarness<>(
            new AddressWindows(
                TestSettings.of(shortWindows, longWindows, reportable), heap -> cacheBytes),
            event -> event.ip)) {
      traffic.sendTo(
          new ToHarness<>(operator) {
            @Override
            public void event(Event event) throws Exception {
              AddressEvent addressEvent = new AddressEvent();
              addressEvent.ip = event.who;
              addressEvent.time = event.time;
              addressEvent.what = event.kind;
              addressEvent.userId = event.what;
              operator.event(addressEvent);
            }

            @Override
            public void restart() throws Exception {
              operator.side(AddressWindows.LONG).forEach(window -> found.add(describeLong(window)));
              super.restart();
            }
          });
      operator.side(AddressWindows.LONG).forEach(window -> found.add(describeLong(window)));
      operator.output().forEach(window -> found.add(describeShort(window)));

      assertThat(sorted(found)).isEqualTo(sorted(expected));
      assertThat(operator.keysHeld("address") + operator.keysHeld("users")).isZero();
      assertThat(operator.timers()).isZero();
    }
  }

  private static List<String> shortWindows(
      List<Event> events, SlidingWindows windows, ReportableWindows reportable) {
    List<String> expected = new ArrayList<>();
    byWindow(events, windows)
        .forEach(
            (name, held) -> {
              long[] n = counts(held);
              if (reportable.isShort(n[0], n[1], n[2])) {
                expected.add("short " + name + " " + n[0] + "/" + n[1] + "/" + n[2]);
              }
            });
    return expected;
  }

  private static List<String> longWindows(
      List<Event> events,
      SlidingWindows windows,
      ReportableWindows reportable,
      ToLongFunction<List<Event>> usersOf) {
    List<String> expected = new ArrayList<>();
    byWindow(events, windows)
        .forEach(
            (name, held) -> {
              long[] n = counts(held);
              long users = usersOf.applyAsLong(held);
              if (reportable.isLong(n[0], n[1], users)) {
                expected.add(
                    "long " + name + " " + n[0] + "/" + n[1] + "/" + users + " " + variation(held));
              }
            });
    return expected;
  }

  private static List<Event> without(byte kind, List<Event> events) {
    return events.stream().filter(event -> event.kind != kind).collect(Collectors.toList());
  }

  @Property(tries = 60)
  void userWindowsAreWhatTheDefinitionSays(
      @ForAll long seed,
      @ForAll @IntRange(max = 400) int events,
      @ForAll @IntRange(max = 5_000) int cacheBytes)
      throws Exception {
    RandomTraffic traffic = new RandomTraffic(seed, events);
    SlidingWindows windows = traffic.windows();
    SlidingWindows metrics = traffic.windows().slidingByLength();
    SlidingWindows shortWindows = traffic.windows();
    SlidingWindows longWindows = traffic.windows();
    ReportableWindows reportable = traffic.reportable();
    List<Event> acts = without(UserEvent.VALID_CLICK, traffic.events);
    List<String> expectedActs = shortWindows(acts, shortWindows, reportable);
    expectedActs.addAll(longWindows(acts, longWindows, reportable, held -> 0));
    List<String> acted = new ArrayList<>();
    List<String> expected = new ArrayList<>();
    byWindow(traffic.events, windows)
        .forEach(
            (name, held) -> {
              if (hasNews(name, held, windows)) {
                expected.add(name + " " + engagement(name, held, windows));
              }
            });

    Map<String, Long> deltas = new TreeMap<>();
    try (WindowHarness<UserEvent, UserWindow> operator =
        new WindowHarness<>(
            new UserWindows(
                TestSettings.of(shortWindows, longWindows, reportable, windows, metrics),
                heap -> cacheBytes),
            event -> event.userId)) {
      traffic.sendTo(
          new ToHarness<>(operator) {
            @Override
            public void event(Event event) throws Exception {
              UserEvent userEvent = new UserEvent();
              userEvent.userId = event.who;
              userEvent.campaignId = event.what;
              userEvent.time = event.time;
              userEvent.what = event.kind;
              userEvent.costMicros = event.kind == UserEvent.IMPRESSION ? 3 : 0;
              operator.event(userEvent);
            }

            @Override
            public void restart() throws Exception {
              addUp(operator.side(UserWindows.DELTAS), metrics, deltas);
              describeActs(operator, acted);
              super.restart();
            }
          });
      addUp(operator.side(UserWindows.DELTAS), metrics, deltas);
      describeActs(operator, acted);

      List<String> found = new ArrayList<>();
      operator.output().forEach(window -> found.add(describe(window)));
      assertThat(sorted(found)).isEqualTo(sorted(expected));
      assertThat(sorted(acted)).isEqualTo(sorted(expectedActs));
      assertThat(deltas).isEqualTo(campaignTotals(traffic.events, metrics));
      assertThat(
              operator.keysHeld("user")
                  + operator.keysHeld("campaigns")
                  + operator.keysHeld("keys"))
          .isZero();
      assertThat(operator.timers()).isZero();
    }
  }

  private static void describeActs(WindowHarness<?, ?> operator, List<String> into) {
    operator.side(UserWindows.SHORT).forEach(window -> into.add(describeShort(window)));
    operator.side(UserWindows.LONG).forEach(window -> into.add(describeLong(window)));
  }

  /** Sums of the deltas of campaigns, by window and what is counted. */
  private static void addUp(
      List<WindowDelta> deltas, SlidingWindows windows, Map<String, Long> sums) {
    for (WindowDelta delta : deltas) {
      if (delta.key.startsWith("campaign:")) {
        String name = delta.key.substring("campaign:".length()) + " " + windows.start(delta.window);
        sums.merge(name + " impressions", delta.counts[WindowTotals.IMPRESSIONS], Long::sum);
        sums.merge(name + " clicks", delta.counts[WindowTotals.CLICKS], Long::sum);
        sums.merge(name + " cost", delta.counts[WindowTotals.COST_MICROS], Long::sum);
        sums.merge(name + " users", delta.counts[WindowTotals.USERS], Long::sum);
      }
    }
  }

  /** The same sums from all events at once. */
  private static Map<String, Long> campaignTotals(List<Event> events, SlidingWindows windows) {
    Map<String, List<Event>> held =
        events.stream()
            .filter(event -> event.kind != UserEvent.VALID_CLICK)
            .collect(
                Collectors.groupingBy(
                    event ->
                        event.what
                            + " "
                            + Math.floorDiv(event.time, windows.windowMillis)
                                * windows.windowMillis));
    Map<String, Long> sums = new TreeMap<>();
    held.forEach(
        (name, of) -> {
          long[] counts = counts(of);
          sums.put(name + " impressions", counts[UserEvent.IMPRESSION]);
          sums.put(name + " clicks", counts[UserEvent.CLICK]);
          sums.put(name + " cost", 3 * counts[UserEvent.IMPRESSION]);
          sums.put(name + " users", of.stream().map(event -> event.who).distinct().count());
        });
    return sums;
  }

  /** Otherwise the properties could hold for want of cases. */
  @Example
  void someTrafficComesOutOfOrderAndHasMoreMembersThanAValueHolds() {
    List<List<Event>> traffics =
        IntStream.range(0, 20)
            .mapToObj(seed -> new RandomTraffic(seed, 400).events)
            .collect(Collectors.toList());

    assertThat(traffics)
        .anySatisfy(
            events ->
                assertThat(
                        events.stream()
                            .filter(event -> event.who.equals(events.get(0).who))
                            .map(event -> event.what)
                            .distinct()
                            .count())
                    .isGreaterThan(Members.MOST_IN_THE_VALUE))
        .anySatisfy(
            events ->
                assertThat(events)
                    .isNotEqualTo(
                        events.stream()
                            .sorted(Comparator.comparingLong(event -> event.time))
                            .collect(Collectors.toList())));
  }

  /** The events of each window, found by comparing times, under {@code who start-end}. */
  private static Map<String, List<Event>> byWindow(List<Event> events, SlidingWindows windows) {
    Map<String, List<Event>> held = new TreeMap<>();
    for (Event event : events) {
      long start = Math.floorDiv(event.time, windows.slideMillis) * windows.slideMillis;
      for (; start + windows.windowMillis > event.time; start -= windows.slideMillis) {
        held.computeIfAbsent(
                event.who + " " + start + "-" + (start + windows.windowMillis),
                name -> new ArrayList<>())
            .add(event);
      }
    }
    return held;
  }

  private static List<String> sorted(List<String> lines) {
    return lines.stream().sorted().collect(Collectors.toList());
  }

  private static long[] counts(List<Event> held) {
    long[] counts = new long[3];
    held.forEach(event -> counts[event.kind]++);
    return counts;
  }

  private static Double variation(List<Event> held) {
    long[] times =
        held.stream()
            .filter(event -> event.kind == ActorCounter.CLICK)
            .mapToLong(event -> event.time)
            .sorted()
            .toArray();
    long gaps = times.length - 1;
    if (gaps < 1) {
      return null;
    }
    long sum = times[times.length - 1] - times[0];
    long squares = 0;
    for (int i = 1; i < times.length; i++) {
      squares += (times[i] - times[i - 1]) * (times[i] - times[i - 1]);
    }
    return sum == 0 ? null : Math.sqrt((double) (gaps * squares - sum * sum)) / sum;
  }

  /** Whether the user saw or clicked an ad in the last slide of the window. */
  private static boolean hasNews(String name, List<Event> held, SlidingWindows windows) {
    long end = Long.parseLong(name.replaceFirst(".*-", ""));
    return held.stream()
        .anyMatch(
            event ->
                event.kind != UserEvent.VALID_CLICK && event.time >= end - windows.slideMillis);
  }

  private static String engagement(String name, List<Event> held, SlidingWindows windows) {
    long end = Long.parseLong(name.replaceFirst(".*-", ""));
    Map<Byte, Long> weights = new HashMap<>();
    for (Event event : held) {
      double halfLives = (end - event.time) / (windows.windowMillis / 2.0);
      weights.merge(event.kind, Math.round(1e6 * Math.pow(0.5, halfLives)), Long::sum);
    }
    long[] counts = counts(held);
    return counts[UserEvent.IMPRESSION]
        + "/"
        + counts[UserEvent.CLICK]
        + " campaigns "
        + campaignsWithout(UserEvent.VALID_CLICK, held)
        + "/"
        + campaignsWithout(UserEvent.CLICK, held)
        + " weights "
        + weights.getOrDefault(UserEvent.IMPRESSION, 0L)
        + "/"
        + weights.getOrDefault(UserEvent.VALID_CLICK, 0L);
  }

  private static long campaignsWithout(byte kind, List<Event> held) {
    return held.stream()
        .filter(event -> event.kind != kind)
        .map(event -> event.what)
        .distinct()
        .count();
  }

  private static String describe(UserWindow w) {
    return String.format(
        "%s %d-%d %d/%d campaigns %d/%d weights %d/%d",
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

  private static String describeShort(ActorWindow w) {
    return String.format(
        "short %s %d-%d %d/%d/%d",
        w.actorId, w.windowStart, w.windowEnd, w.impressions, w.clicks, w.unattributedClicks);
  }

  private static String describeLong(ActorWindow w) {
    return String.format(
        "long %s %d-%d %d/%d/%d %s",
        w.actorId,
        w.windowStart,
        w.windowEnd,
        w.impressions,
        w.clicks,
        w.users,
        w.clickGapVariation);
  }

  private abstract static class ToHarness<I, O> implements RandomTraffic.Operator {
    private final WindowHarness<I, O> harness;

    ToHarness(WindowHarness<I, O> harness) {
      this.harness = harness;
    }

    @Override
    public void watermark(long time) throws Exception {
      harness.watermark(time);
    }

    @Override
    public void restart() throws Exception {
      harness.restart();
    }
  }
}
