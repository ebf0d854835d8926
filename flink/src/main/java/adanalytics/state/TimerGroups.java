package adanalytics.state;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.streaming.api.operators.KeyContext;

/**
 * Lets many keys share one timer. With RocksDB, a timer for each key would cost as much as a value:
 * it is written, read and deleted.
 *
 * <p>Keys of one key group with a timer at the same time form a timer group. On the heap, a group
 * is a number of lists; the lists of keys are in the state. {@link EventTimers} writes these
 * numbers to each snapshot. Each key group has a key for the state of its timer groups, so they
 * stay with their keys when the job starts with another parallelism.
 *
 * <p>New keys are on the heap, at most {@link #MAX_KEYS} of them. Before each snapshot, and when
 * this limit is reached, they are written to the state, as one more list for each of their groups.
 *
 * <p>Unlike with Flink's timers, the same key and time must not be added twice: the timer would
 * fire twice.
 */
public final class TimerGroups {
  /** Keys on the heap: about 10 MB. A group in the state needs about 60 bytes of heap. */
  public static final int MAX_KEYS = 50_000;

  /**
   * For each timer group of a key group, by its time, the lists of keys by their numbers from 0.
   */
  public static final MapStateDescriptor<Tuple2<Long, Integer>, List<String>> DESCRIPTOR =
      new MapStateDescriptor<>(
          "keys-of-timer-groups", Types.TUPLE(Types.LONG, Types.INT), Types.LIST(Types.STRING));

  /** Receives each key of a timer group that is due. */
  public interface Target {
    /**
     * @param key the current key
     * @param time of the timer, in milliseconds since the epoch
     */
    void onTimer(String key, long time) throws Exception;
  }

  /** Receives each timer group. */
  interface Groups {
    /**
     * @param lists number of its lists in the state
     */
    void take(int keyGroup, long time, int lists) throws Exception;
  }

  /** The timer groups of one time. */
  private static final class OfTime {
    /** Keys that are not in the state yet. */
    List<String> newKeys = new ArrayList<>();

    /** Number of lists in the state by key group; a key group without lists is missing. */
    final TreeMap<Integer, Integer> lists = new TreeMap<>();
  }

  private final MapState<Tuple2<Long, Integer>, List<String>> stored;
  private final KeyContext keys;
  private final int keyGroups;
  private final String[] keyOfKeyGroup;

  private final TreeMap<Long, OfTime> byTime = new TreeMap<>();

  private int newKeys;

  /**
   * @param stored the state of {@link #DESCRIPTOR}
   * @param keys sets the current key
   * @param keyGroups number of key groups of the operator, over all subtasks
   */
  TimerGroups(
      MapState<Tuple2<Long, Integer>, List<String>> stored, KeyContext keys, int keyGroups) {
    this.stored = stored;
    this.keys = keys;
    this.keyGroups = keyGroups;
    this.keyOfKeyGroup = keysOfKeyGroups(keyGroups);
  }

  /**
   * For each key group, the first of {@code "\0" + 0}, {@code "\0" + 1} … that Flink assigns to it.
   * This is part of the format of the state. A key of an event may be the same: only timer groups
   * use {@link #DESCRIPTOR}.
   */
  private static String[] keysOfKeyGroups(int keyGroups) {
    String[] found = new String[keyGroups];
    int left = keyGroups;
    for (int number = 0; left > 0; number++) {
      String key = "\0" + number;
      int keyGroup = KeyGroupRangeAssignment.assignToKeyGroup(key, keyGroups);
      if (found[keyGroup] == null) {
        found[keyGroup] = key;
        left--;
      }
    }
    return found;
  }

  /**
   * Sets a timer of the current key.
   *
   * @param key the current key
   * @param time in milliseconds since the epoch; a time that the watermark has passed fires with
   *     the next watermark, or before it if timers fire at the moment
   */
  public void add(String key, long time) throws Exception {
    ofTime(time).newKeys.add(key);
    newKeys++;
    if (newKeys >= MAX_KEYS) {
      writeBack();
      keys.setCurrentKey(key);
    }
  }

  private OfTime ofTime(long time) {
    return byTime.computeIfAbsent(time, added -> new OfTime());
  }

  /** Number of times. */
  int size() {
    return byTime.size();
  }

  boolean isEmpty() {
    return byTime.isEmpty();
  }

  /** The earliest time of a group; there must be one. */
  long firstTime() {
    return byTime.firstKey();
  }

  /**
   * Fires the timers of some keys of the earliest time: those on the heap, or one list of the
   * state. Keys may be added meanwhile, for this time as well. Changes the current key.
   *
   * @param target is called for each of these keys
   */
  void fireFirst(Target target) throws Exception {
    long time = byTime.firstKey();
    OfTime due = byTime.get(time);
    if (!due.newKeys.isEmpty()) {
      List<String> onTheHeap = due.newKeys;
      due.newKeys = new ArrayList<>();
      newKeys -= onTheHeap.size();
      fire(onTheHeap, time, target);
    } else if (!due.lists.isEmpty()) {
      int keyGroup = due.lists.firstKey();
      int last = due.lists.get(keyGroup) - 1;
      if (last == 0) {
        due.lists.remove(keyGroup);
      } else {
        due.lists.put(keyGroup, last);
      }
      fire(takeStored(keyGroup, time, last), time, target);
    } else {
      byTime.remove(time);
    }
  }

  private List<String> takeStored(int keyGroup, long time, int number) throws Exception {
    keys.setCurrentKey(keyOfKeyGroup[keyGroup]);
    Tuple2<Long, Integer> place = Tuple2.of(time, number);
    List<String> list = stored.get(place);
    stored.remove(place);
    return list;
  }

  private void fire(List<String> due, long time, Target target) throws Exception {
    for (String key : due) {
      keys.setCurrentKey(key);
      target.onTimer(key, time);
    }
  }

  /** Writes all keys to the state. Changes the current key. */
  void writeBack() throws Exception {
    for (Map.Entry<Long, OfTime> entry : byTime.entrySet()) {
      if (!entry.getValue().newKeys.isEmpty()) {
        writeBack(entry.getKey(), entry.getValue());
      }
    }
    newKeys = 0;
  }

  private void writeBack(long time, OfTime groups) throws Exception {
    Map<Integer, List<String>> byKeyGroup = new HashMap<>();
    for (String key : groups.newKeys) {
      byKeyGroup
          .computeIfAbsent(
              KeyGroupRangeAssignment.assignToKeyGroup(key, keyGroups),
              keyGroup -> new ArrayList<>())
          .add(key);
    }
    for (Map.Entry<Integer, List<String>> group : byKeyGroup.entrySet()) {
      int keyGroup = group.getKey();
      keys.setCurrentKey(keyOfKeyGroup[keyGroup]);
      int number = groups.lists.getOrDefault(keyGroup, 0);
      stored.put(Tuple2.of(time, number), group.getValue());
      groups.lists.put(keyGroup, number + 1);
    }
    groups.newKeys = new ArrayList<>();
  }

  /** Passes on all groups, without their new keys: {@link #writeBack} must come first. */
  void forEach(Groups receiver) throws Exception {
    for (Map.Entry<Long, OfTime> entry : byTime.entrySet()) {
      for (Map.Entry<Integer, Integer> group : entry.getValue().lists.entrySet()) {
        receiver.take(group.getKey(), entry.getKey(), group.getValue());
      }
    }
  }

  /**
   * Adds a group of a snapshot.
   *
   * @param lists number of its lists in the state
   */
  void restore(int keyGroup, long time, int lists) {
    ofTime(time).lists.put(keyGroup, lists);
  }
}
