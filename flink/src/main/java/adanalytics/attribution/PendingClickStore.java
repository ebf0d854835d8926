package adanalytics.attribution;

import adanalytics.event.Click;
import adanalytics.event.EventTypes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;

/**
 * The clicks of the current impression_id whose time the watermark has not reached, ordered by
 * time.
 *
 * <p>A click reads and writes only the clicks of its millisecond. So many clicks on one id cost as
 * much as clicks on different ids; an ad server causes them when it leaves a macro such as {@code
 * %%IMPRESSION_ID%%} in its links. A producer may send a batch of clicks with the same millisecond:
 * the first {@link #MAX_PER_ENTRY} share one entry, the rest are spread over {@link #OVERFLOWS}
 * further entries.
 *
 * <p>On the heap it counts the clicks of each millisecond over all keys, so that RocksDB is not
 * read for a millisecond without clicks. The counts cover only the last seconds.
 */
final class PendingClickStore {
  static final String STATE = "pending-clicks";
  static final int MAX_PER_ENTRY = 32;
  private static final int OVERFLOWS = 255;

  static final MapStateDescriptor<Long, List<Click>> DESCRIPTOR =
      new MapStateDescriptor<>(STATE, Types.LONG, Types.LIST(EventTypes.click()));

  private final MapState<Long, List<Click>> clicks;
  private final Map<Long, Integer> clicksOfMillisecond = new HashMap<>();

  /**
   * @param clicks the state of {@link #DESCRIPTOR}, of the current key
   */
  PendingClickStore(MapState<Long, List<Click>> clicks) {
    this.clicks = clicks;
  }

  /**
   * Counts the clicks of a restored key.
   *
   * @param restored its state
   */
  void restore(MapState<Long, List<Click>> restored) throws Exception {
    for (List<Click> stored : restored.values()) {
      stored.forEach(this::count);
    }
  }

  void add(Click click) throws Exception {
    count(click);
    long entry = firstEntry(click.eventTime);
    List<Click> stored = clicks.get(entry);
    if (stored != null && stored.size() >= MAX_PER_ENTRY) {
      // Not by the click_id: its sender could choose ids that all go to one entry.
      entry += 1 + Math.floorMod(clicksOfMillisecond.get(click.eventTime), OVERFLOWS);
      stored = clicks.get(entry);
    }
    List<Click> with = stored == null ? new ArrayList<>(1) : stored;
    with.add(click);
    clicks.put(entry, with);
  }

  /**
   * @param time milliseconds since the epoch
   * @return the clicks of this millisecond, in any order; they are removed from the store
   */
  List<Click> take(long time) throws Exception {
    if (!clicksOfMillisecond.containsKey(time)) {
      return List.of();
    }
    List<Click> taken = takeStored(time);
    clicksOfMillisecond.computeIfPresent(
        time, (key, count) -> count > taken.size() ? count - taken.size() : null);
    return taken;
  }

  private List<Click> takeStored(long time) throws Exception {
    long first = firstEntry(time);
    List<Click> taken = clicks.get(first);
    if (taken == null) {
      return List.of();
    }
    clicks.remove(first);
    if (taken.size() < MAX_PER_ENTRY) {
      return taken;
    }
    List<Click> all = new ArrayList<>(taken);
    for (long entry = first + 1; entry <= first + OVERFLOWS; entry++) {
      List<Click> overflow = clicks.get(entry);
      if (overflow != null) {
        all.addAll(overflow);
        clicks.remove(entry);
      }
    }
    return all;
  }

  private void count(Click click) {
    clicksOfMillisecond.merge(click.eventTime, 1, Integer::sum);
  }

  private static long firstEntry(long time) {
    return time * (OVERFLOWS + 1);
  }
}
