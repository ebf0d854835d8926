package adanalytics.window;

import adanalytics.window.SimulatedWindows.Event;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/**
 * Computes each window by definition, from all events, without state, watermarks or timers. Each
 * window is a line, with the watermark that completes it.
 */
final class WindowModel {
  private WindowModel() {}

  static Map<String, Long> shortWindows(
      List<Event> events, SlidingWindows windows, SimulatedWindows.Thresholds thresholds) {
    return described(
        events,
        windows,
        (name, held) -> {
          long[] n = counts(held);
          return thresholds.isShort(n[0], n[1], n[2])
              ? "short " + name + " " + n[0] + "/" + n[1] + "/" + n[2]
              : null;
        });
  }

  /**
   * @param usersOf distinct users of the events of a window
   */
  static Map<String, Long> longWindows(
      List<Event> events,
      SlidingWindows windows,
      SimulatedWindows.Thresholds thresholds,
      ToLongFunction<List<Event>> usersOf) {
    return described(
        events,
        windows,
        (name, held) -> {
          long[] n = counts(held);
          long users = usersOf.applyAsLong(held);
          return thresholds.isLong(n[0], n[1], users)
              ? "long " + name + " " + n[0] + "/" + n[1] + "/" + users + " " + variation(held)
              : null;
        });
  }

  static Map<String, Long> engagementWindows(List<Event> events, SlidingWindows windows) {
    return described(
        events,
        windows,
        (name, held) ->
            hasNews(name, held, windows) ? name + " " + engagement(name, held, windows) : null);
  }

  static List<Event> without(byte kind, List<Event> events) {
    return events.stream().filter(event -> event.kind != kind).collect(Collectors.toList());
  }

  /**
   * Sums of each key of each dimension in each metrics window.
   *
   * @param keysOf the keys of an event
   */
  static Map<String, Long> totals(
      List<Event> events, SlidingWindows windows, Function<Event, List<String>> keysOf) {
    Map<String, List<Event>> held = new TreeMap<>();
    for (Event event : without(UserEvent.VALID_CLICK, events)) {
      long start = Math.floorDiv(event.time, windows.windowMillis) * windows.windowMillis;
      for (String key : keysOf.apply(event)) {
        held.computeIfAbsent(key + " " + start, name -> new ArrayList<>()).add(event);
      }
    }
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

  private interface Description {
    /** Returns a line, or null for a window that is not emitted. */
    String of(String name, List<Event> held);
  }

  private static Map<String, Long> described(
      List<Event> events, SlidingWindows windows, Description description) {
    Map<String, Long> lines = new HashMap<>();
    BiConsumer<String, List<Event>> describe =
        (name, held) -> {
          String line = description.of(name, held);
          if (line != null) {
            lines.put(line, end(name) - 1);
          }
        };
    byWindow(events, windows).forEach(describe);
    return lines;
  }

  /** The events of each window, found by comparing times, under {@code who start-end}. */
  private static Map<String, List<Event>> byWindow(List<Event> events, SlidingWindows windows) {
    Map<String, List<Event>> held = new TreeMap<>();
    for (Event event : events) {
      long start = Math.floorDiv(event.time, windows.slideMillis) * windows.slideMillis;
      for (; start + windows.windowMillis > event.time; start -= windows.slideMillis) {
        held.computeIfAbsent(
                event.who + " " + start + ".." + (start + windows.windowMillis),
                name -> new ArrayList<>())
            .add(event);
      }
    }
    return held;
  }

  private static long end(String name) {
    return Long.parseLong(name.substring(name.lastIndexOf("..") + 2));
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
    return held.stream()
        .anyMatch(
            event ->
                event.kind != UserEvent.VALID_CLICK
                    && event.time >= end(name) - windows.slideMillis);
  }

  private static String engagement(String name, List<Event> held, SlidingWindows windows) {
    Map<Byte, Long> weights = new HashMap<>();
    for (Event event : held) {
      double halfLives = (end(name) - event.time) / (windows.windowMillis / 2.0);
      weights.merge(event.kind, Math.round(1e6 * Math.pow(0.5, halfLives)), Long::sum);
    }
    long[] counts = counts(held);
    return String.format(
        "%d/%d campaigns %d/%d weights %d/%d",
        counts[UserEvent.IMPRESSION],
        counts[UserEvent.CLICK],
        campaigns(without(UserEvent.VALID_CLICK, held)),
        campaigns(without(UserEvent.CLICK, held)),
        weights.getOrDefault(UserEvent.IMPRESSION, 0L),
        weights.getOrDefault(UserEvent.VALID_CLICK, 0L));
  }

  private static long campaigns(List<Event> held) {
    return held.stream().map(event -> event.what).distinct().count();
  }
}
