package adanalytics.window;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/**
 * Events in an order of arrival that is not that of their times, and watermarks between them that
 * are true: none of the events after one is at or before it.
 */
final class RandomTraffic {
  /** One event, as both kinds of windows understand it. */
  static final class Event {
    final long time;

    /** An address or a user. */
    final String who;

    /** A user behind an address, or a campaign. */
    final String what;

    /** 0, 1 or 2: the constants of both classes of events. */
    final byte kind;

    private final long arrival;

    private Event(Random random, int actors, int members, long millis, long disorder) {
      // On a grid, so that events share times and fall on the edges of windows.
      time = random.nextInt((int) (millis / 500)) * 500L - (random.nextInt(4) == 0 ? 1 : 0);
      who = "a" + random.nextInt(2 * actors);
      what = "m" + random.nextInt(members);
      kind = (byte) random.nextInt(3);
      arrival = time + (long) (random.nextDouble() * disorder);
    }
  }

  final List<Event> events = new ArrayList<>();
  private final Random random;

  RandomTraffic(long seed, int size) {
    random = new Random(seed);
    int actors = 1 + random.nextInt(4);
    // Sometimes more than fit into a value.
    int members = random.nextBoolean() ? 5 : 3 * Members.MOST_IN_THE_VALUE;
    long millis = 20_000L << random.nextInt(6);
    long disorder = 1L << random.nextInt(18);
    for (int i = 0; i < size; i++) {
      events.add(new Event(random, actors, members, millis, disorder));
    }
    events.sort(Comparator.comparingLong(event -> event.arrival));
  }

  /** Windows of a random length and slide. */
  SlidingWindows windows() {
    long slide = 1_000L * (1 + random.nextInt(20));
    return new SlidingWindows(slide * (1 + random.nextInt(12)), slide);
  }

  /** Thresholds that some windows reach. */
  ReportableWindows reportable() {
    return new ReportableWindows(below(20), below(20), below(20), 2 + below(9), 3, 0.7, below(40));
  }

  private int below(int bound) {
    return random.nextInt(bound);
  }

  /** What is done with the events, in the order of arrival. */
  interface Operator {
    void event(Event event) throws Exception;

    void watermark(long time) throws Exception;

    void restart() throws Exception;
  }

  void sendTo(Operator operator) throws Exception {
    long[] leastOfRest = new long[events.size() + 1];
    leastOfRest[events.size()] = Long.MAX_VALUE;
    for (int i = events.size() - 1; i >= 0; i--) {
      leastOfRest[i] = Math.min(leastOfRest[i + 1], events.get(i).time);
    }
    int rarity = 1 << random.nextInt(7);
    for (int i = 0; i < events.size(); i++) {
      if (random.nextInt(rarity) == 0) {
        operator.watermark(leastOfRest[i] - 1 - (random.nextBoolean() ? 0 : random.nextInt(5_000)));
      }
      if (random.nextInt(300) == 0) {
        operator.restart();
      }
      operator.event(events.get(i));
    }
    operator.watermark(Long.MAX_VALUE);
  }
}
