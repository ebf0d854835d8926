package adanalytics.attribution;

import adanalytics.event.AdEvent;
import adanalytics.event.Click;
import adanalytics.event.Impression;
import adanalytics.event.InputRecord;
import adanalytics.event.TestEvents;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Made-up traffic in shards, as Kinesis would hold it: keyed by impression_id, with disorder,
 * duplicates, ids that are used again, clicks before, at, on the edges of and without an
 * impression. Lateness is already set, by the contract's definition.
 */
final class Traffic {
  static final long WINDOW = 10_000;
  static final long OUT_OF_ORDERNESS = 2_000;
  static final long TOO_FAST = 500;

  private static final int IDS = 12;

  /** By shard, in the shard's order. */
  final List<List<InputRecord<Impression>>> impressionShards;

  /** By shard, in the shard's order. */
  final List<List<InputRecord<Click>>> clickShards;

  private final Random random;

  Traffic(long seed, int shards, int events) {
    random = new Random(seed);
    impressionShards = shards(shards);
    clickShards = shards(shards);
    long[] lastShown = new long[IDS];
    for (int i = 0; i < events; i++) {
      // Event time moves on by about three windows in all; each event is a bit behind or ahead of
      // it.
      long now = 100_000 + 3 * WINDOW * i / events;
      int id = random.nextInt(IDS);
      if (random.nextInt(3) == 0) {
        lastShown[id] = now - random.nextInt(4_000);
        add(impressionShards, id, TestEvents.impression("i" + id, lastShown[id]));
      } else {
        String clickId = "c" + id + "-" + random.nextInt(6);
        add(clickShards, id, TestEvents.click(clickId, "i" + id, clickTime(now, lastShown[id])));
      }
    }
    impressionShards.forEach(Traffic::judgeLateness);
    clickShards.forEach(Traffic::judgeLateness);
  }

  /** Mostly near now, often just at the edges that matter. */
  private long clickTime(long now, long shown) {
    long[] edges = {
      shown - 1, shown, shown + TOO_FAST - 1, shown + TOO_FAST, shown + WINDOW, shown + WINDOW + 1
    };
    long edge = edges[random.nextInt(edges.length)];
    boolean near = Math.abs(edge - now) <= 3_000;
    return near ? edge : now - random.nextInt(3_000);
  }

  private static <E extends AdEvent> void add(List<List<InputRecord<E>>> shards, int id, E event) {
    shards.get(id % shards.size()).add(TestEvents.record(event));
  }

  private static <E extends AdEvent> void judgeLateness(List<InputRecord<E>> shard) {
    long greatest = Long.MIN_VALUE;
    for (InputRecord<E> record : shard) {
      long behind = greatest == Long.MIN_VALUE ? 0 : greatest - record.event.eventTime;
      record.latenessMs = behind > OUT_OF_ORDERNESS ? behind : InputRecord.ON_TIME;
      greatest = Math.max(greatest, record.event.eventTime);
    }
  }

  private static <E extends AdEvent> List<List<InputRecord<E>>> shards(int count) {
    List<List<InputRecord<E>>> shards = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      shards.add(new ArrayList<>());
    }
    return shards;
  }
}
