package adanalytics.state;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.core.memory.MemorySegmentFactory;
import org.apache.flink.runtime.operators.util.BloomFilter;
import org.apache.flink.runtime.state.KeyedStateBackend;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.util.MathUtils;

/**
 * Which ids may have something in the state. Most events bring an id that has nothing, and to find
 * nothing in RocksDB costs more than to find something.
 *
 * <p>Bloom filters on the heap, at some 10 bits an id: they never miss an id, and take one in a
 * hundred for a known one. A filter is dropped when all its ids are forgotten. Ids that are kept
 * for longer than usual, as those of a clock that runs years ahead, go into separate filters, so
 * that they do not keep the others.
 *
 * <p>Not part of a checkpoint: the operator adds the ids that it finds in the restored state.
 */
public final class RecentIds {
  private static final double FALSE_POSITIVES = 0.01;
  private static final int SMALLEST_FILTER = 1 << 14;
  private static final int LARGEST_FILTER = 1 << 24;

  private final long usualMillis;
  private final List<Filter> usual = new ArrayList<>();
  private final List<Filter> kept = new ArrayList<>();

  /**
   * @param usualMillis how long after the watermark, in event time, an id is forgotten at most
   *     where clocks are right
   */
  public RecentIds(long usualMillis) {
    this.usualMillis = usualMillis;
  }

  /**
   * Notes that an id has something in the state.
   *
   * @param id the key
   * @param forgottenAt the watermark at which the state of the id ends, in milliseconds since the
   *     epoch; {@code Long.MAX_VALUE} when that is not known
   * @param watermark of the operator
   */
  public void add(String id, long forgottenAt, long watermark) {
    usual.removeIf(filter -> filter.forgottenAt <= watermark);
    kept.removeIf(filter -> filter.forgottenAt <= watermark);
    boolean isUsual = watermark != Long.MIN_VALUE && forgottenAt - usualMillis <= watermark;
    Filter filter = filterIn(isUsual ? usual : kept);
    filter.add(hash(id), forgottenAt);
  }

  /**
   * Notes every key of a state that was restored. When they are forgotten is not known.
   *
   * @param backend of the subtask
   * @param state its name
   */
  public void addRestored(KeyedStateBackend<String> backend, String state) {
    try (Stream<String> ids = backend.getKeys(state, VoidNamespace.INSTANCE)) {
      ids.forEach(id -> add(id, Long.MAX_VALUE, Long.MIN_VALUE));
    }
  }

  /**
   * Whether the id may have something in the state. If not, it has nothing.
   *
   * @param id the key
   */
  public boolean mayContain(String id) {
    int hash = hash(id);
    return mayContain(usual, hash) || mayContain(kept, hash);
  }

  /** How many filters there are. */
  int filters() {
    return usual.size() + kept.size();
  }

  private static boolean mayContain(List<Filter> filters, int hash) {
    // The latest filter first: most ids that are known came lately.
    for (int i = filters.size() - 1; i >= 0; i--) {
      if (filters.get(i).bits.testHash(hash)) {
        return true;
      }
    }
    return false;
  }

  /** The latest one, or a new one for as many ids as all others hold, so that they stay few. */
  private static Filter filterIn(List<Filter> filters) {
    if (!filters.isEmpty() && filters.get(filters.size() - 1).hasRoom()) {
      return filters.get(filters.size() - 1);
    }
    long held = filters.stream().mapToLong(filter -> filter.ids).sum();
    Filter filter = new Filter((int) Math.min(Math.max(held, SMALLEST_FILTER), LARGEST_FILTER));
    filters.add(filter);
    return filter;
  }

  private static int hash(String id) {
    return MathUtils.bitMix(id.hashCode());
  }

  private static final class Filter {
    private final int capacity;
    private final BloomFilter bits;
    private int ids;
    private long forgottenAt = Long.MIN_VALUE;

    Filter(int capacity) {
      this.capacity = capacity;
      // The natural logarithm of 2, squared: bits of an id at the best number of hash functions.
      double bitsOfId = -Math.log(FALSE_POSITIVES) / (Math.log(2) * Math.log(2));
      int bytes = (int) (capacity * bitsOfId / Byte.SIZE) + 1;
      bits = new BloomFilter(capacity, bytes);
      bits.setBitsLocation(MemorySegmentFactory.allocateUnpooledSegment(bytes), 0);
    }

    boolean hasRoom() {
      return ids < capacity;
    }

    void add(int hash, long until) {
      bits.addHash(hash);
      ids++;
      forgottenAt = Math.max(forgottenAt, until);
    }
  }
}
