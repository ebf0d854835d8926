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
 * The ids that may have state. Most events have an id without state, and in RocksDB a lookup that
 * finds nothing costs more than one that finds a value.
 *
 * <p>Implemented as Bloom filters on the heap, with about 10 bits per id. They have no false
 * negatives, and about 1 % false positives. A filter is dropped when all its ids have expired. Ids
 * that are kept for longer than usual, for example because a clock runs years ahead, go into
 * separate filters, so that they do not keep the others alive.
 *
 * <p>Not part of a checkpoint: the operator adds the ids of the restored state.
 */
public final class RecentIds {
  private static final double FALSE_POSITIVES = 0.01;
  private static final int SMALLEST_FILTER = 1 << 14;
  private static final int LARGEST_FILTER = 1 << 24;

  private final long usualMillis;
  private final List<Filter> usual = new ArrayList<>();
  private final List<Filter> kept = new ArrayList<>();

  /**
   * @param usualMillis maximum event time after the watermark at which an id expires, if clocks are
   *     correct
   */
  public RecentIds(long usualMillis) {
    this.usualMillis = usualMillis;
  }

  /**
   * Records that an id has state.
   *
   * @param id the key
   * @param forgottenAt the watermark at which the state of the id expires, in milliseconds since
   *     the epoch; {@code Long.MAX_VALUE} when unknown
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
   * Records every key of a restored state, with unknown expiry.
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
   * Whether the id may have state. If false, it has none.
   *
   * @param id the key
   */
  public boolean mayContain(String id) {
    int hash = hash(id);
    return mayContain(usual, hash) || mayContain(kept, hash);
  }

  /** Number of filters. */
  int filters() {
    return usual.size() + kept.size();
  }

  private static boolean mayContain(List<Filter> filters, int hash) {
    // The latest filter first: most known ids are recent.
    for (int i = filters.size() - 1; i >= 0; i--) {
      if (filters.get(i).bits.testHash(hash)) {
        return true;
      }
    }
    return false;
  }

  /**
   * The latest filter, or a new one as large as all others together, so that their number stays
   * small.
   */
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
      // The square of the natural logarithm of 2: it gives the bits per id for the optimal number
      // of hash functions.
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
