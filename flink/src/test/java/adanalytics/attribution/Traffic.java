package adanalytics.attribution;

import adanalytics.event.AdEvent;
import adanalytics.event.Click;
import adanalytics.event.Impression;
import adanalytics.event.InputRecord;
import adanalytics.event.TestEvents;
import adanalytics.simulation.Schedule;
import adanalytics.simulation.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Random;
import java.util.stream.LongStream;

/**
 * Random traffic in shards, as in Kinesis: keyed by impression_id, out of order, with duplicates,
 * reused ids, and clicks before an impression, at its time, at the edges of its window, and without
 * one. Lateness is already set according to the contract.
 */
final class Traffic {
  static final long WINDOW = 10_000;
  static final long OUT_OF_ORDERNESS = 2_000;
  static final long TOO_FAST = 500;

  private static final int IDS = 12;
  private static final int MAX_SHARDS = 4;

  /** Of a schedule, in milliseconds. */
  private static final long TICK = 15;

  /** By shard, in the shard's order. */
  final List<List<InputRecord<Impression>>> impressionShards;

  /** By shard, in the shard's order. */
  final List<List<InputRecord<Click>>> clickShards;

  private final long[] lastShown = new long[IDS];

  /** The events of a schedule. */
  Traffic(Schedule schedule) {
    this(1 + schedule.choices().below(MAX_SHARDS));
    for (Step step : schedule.events()) {
      add(step.time(TICK), step.who, step.what, step.kind);
    }
    judgeLateness();
  }

  /** Random events, the same for the same seed. */
  Traffic(long seed, int shards, int events) {
    this(shards);
    Random random = new Random(seed);
    for (int i = 0; i < events; i++) {
      add(3 * WINDOW * i / events, random.nextInt(8), random.nextInt(96), random.nextInt(12));
    }
    judgeLateness();
  }

  private Traffic(int shards) {
    impressionShards = shards(shards);
    clickShards = shards(shards);
  }

  /** Event time advances by about three windows in total; each event is slightly behind it. */
  private void add(long time, int who, int what, int kind) {
    long now = 100_000 + time;
    int id = (who + 8 * (what % 2)) % IDS;
    if (kind % 3 == 0) {
      lastShown[id] = now - 40 * what;
      add(impressionShards, id, TestEvents.impression("i" + id, lastShown[id]));
    } else {
      String clickId = "c" + id + "-" + what % 6;
      long clickTime = clickTime(now, lastShown[id], what, kind);
      add(clickShards, id, TestEvents.click(clickId, "i" + id, clickTime));
    }
  }

  private void judgeLateness() {
    impressionShards.forEach(Traffic::judgeLateness);
    clickShards.forEach(Traffic::judgeLateness);
  }

  /** Usually near the current time, often exactly at the edge of a window. */
  private static long clickTime(long now, long shown, int what, int kind) {
    long[] edges = {
      shown - 1, shown, shown + TOO_FAST - 1, shown + TOO_FAST, shown + WINDOW, shown + WINDOW + 1
    };
    long edge = edges[kind % edges.length];
    boolean near = Math.abs(edge - now) <= 3_000;
    return near ? edge : now - 30 * what;
  }

  /** Number of events. */
  int records() {
    return (int) (times(impressionShards).count() + times(clickShards).count());
  }

  /** Event time from the first to the last event, in milliseconds. */
  long eventTimeMillis() {
    LongSummaryStatistics times =
        LongStream.concat(times(impressionShards), times(clickShards)).summaryStatistics();
    return times.getCount() == 0 ? 0 : times.getMax() - times.getMin();
  }

  private static <E extends AdEvent> LongStream times(List<List<InputRecord<E>>> shards) {
    return shards.stream().flatMap(List::stream).mapToLong(record -> record.event.eventTime);
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
