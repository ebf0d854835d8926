package adanalytics.state;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.streaming.api.TimerService;
import org.apache.flink.streaming.api.operators.KeyContext;

/**
 * Lets many keys share one timer. With RocksDB, a timer for each key would cost as much as a value:
 * it is written, read and deleted.
 *
 * <p>Keys of one key group with a timer at the same time form a timer group. The first of them is
 * the leader: it has the actual timer, and its state contains the list of the others. So a timer
 * group stays with its keys when the job starts with another parallelism.
 *
 * <p>New groups are on the heap, with at most {@link #MAX_KEYS} keys together. Before each
 * snapshot, and when this limit is reached, they are written to the state; later keys form new
 * groups.
 *
 * <p>Unlike Flink's timers, the same key and time must not be added twice: it would fire twice.
 */
public final class TimerGroups {
  /** About 10 MB of heap. */
  public static final int MAX_KEYS = 50_000;

  /** The state with the groups: for each leader, the keys by time. */
  public static final MapStateDescriptor<Long, List<String>> DESCRIPTOR =
      new MapStateDescriptor<>("timer-groups", Types.LONG, Types.LIST(Types.STRING));

  private final MapState<Long, List<String>> stored;
  private final KeyContext keys;
  private final int keyGroups;

  /** Keys by key group by time; the first one is the leader. */
  private final Map<Long, Map<Integer, List<String>>> open = new HashMap<>();

  private int size;

  /**
   * @param runtime of a keyed operator, whose state contains the groups
   * @param keys sets the current key
   */
  public TimerGroups(RuntimeContext runtime, KeyContext keys) {
    this.stored = runtime.getMapState(DESCRIPTOR);
    this.keys = keys;
    this.keyGroups = runtime.getTaskInfo().getMaxNumberOfParallelSubtasks();
  }

  /**
   * Sets a timer of the current key.
   *
   * @param key the current key
   * @param time in milliseconds since the epoch, after the watermark
   * @param timers of the current key
   */
  public void add(String key, long time, TimerService timers) throws Exception {
    List<String> group =
        open.computeIfAbsent(time, ofTime -> new HashMap<>())
            .computeIfAbsent(keyGroup(key), keyGroup -> new ArrayList<>());
    if (group.isEmpty()) {
      timers.registerEventTimeTimer(time);
    }
    group.add(key);
    size++;
    if (size >= MAX_KEYS) {
      writeBack();
      keys.setCurrentKey(key);
    }
  }

  /**
   * Ends a group.
   *
   * @param leader the current key
   * @param time of its timer
   * @return all keys of the group, including the leader; empty if the timer does not belong to a
   *     group
   */
  public List<String> take(String leader, long time) throws Exception {
    List<String> group = takeOpen(leader, time);
    if (group != null) {
      return group;
    }
    group = stored.get(time);
    if (group == null) {
      return List.of();
    }
    stored.remove(time);
    return group;
  }

  private List<String> takeOpen(String leader, long time) {
    Map<Integer, List<String>> groups = open.get(time);
    int keyGroup = keyGroup(leader);
    List<String> group = groups == null ? null : groups.get(keyGroup);
    if (group == null || !group.get(0).equals(leader)) {
      return null;
    }
    groups.remove(keyGroup);
    if (groups.isEmpty()) {
      open.remove(time);
    }
    size -= group.size();
    return group;
  }

  /**
   * Writes all groups to the state. Must be called before each snapshot; changes the current key.
   */
  public void writeBack() throws Exception {
    for (Map.Entry<Long, Map<Integer, List<String>>> groups : open.entrySet()) {
      for (List<String> group : groups.getValue().values()) {
        keys.setCurrentKey(group.get(0));
        stored.put(groups.getKey(), group);
      }
    }
    open.clear();
    size = 0;
  }

  private int keyGroup(String key) {
    return KeyGroupRangeAssignment.assignToKeyGroup(key, keyGroups);
  }
}
