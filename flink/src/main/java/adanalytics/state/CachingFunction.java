package adanalytics.state;

import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.runtime.state.KeyedStateBackend;

/**
 * A keyed function with a {@link WriteBackCache} in front of its state. {@link CachingOperator}
 * writes the cache back before each snapshot.
 *
 * @param <I> input
 * @param <O> output
 */
public abstract class CachingFunction<I, O> extends TimerGroupFunction<I, O> {
  private static final long serialVersionUID = 1L;

  private final CacheSize cacheSize;
  private transient long heapOfSlot;
  private transient WriteBackCache cache;
  private transient RecentIds keysWithValue;

  /**
   * @param cacheSize how much heap the cache may use
   */
  protected CachingFunction(CacheSize cacheSize) {
    this.cacheSize = cacheSize;
  }

  /**
   * Must be called by {@link #open}.
   *
   * @param state with a value for each key
   * @param usualMillis maximum time after the watermark at which a value expires, if clocks are
   *     correct
   */
  protected final WriteBackCache cached(ValueState<byte[]> state, long usualMillis) {
    keysWithValue = new RecentIds(usualMillis);
    cache = new WriteBackCache(cacheSize.bytes(heapOfSlot), keys(), state);
    return cache;
  }

  /** The state with a value for each key. */
  public abstract ValueStateDescriptor<byte[]> state();

  /**
   * The keys that may have a value. Use it only for events: while timers fire, a value that expires
   * at the new watermark still exists, but may be unknown here.
   */
  protected final RecentIds keysWithValue() {
    return keysWithValue;
  }

  final void restore(KeyedStateBackend<String> backend) {
    keysWithValue.addRestored(backend, state().getName());
  }

  final void useHeapOf(long bytesOfSlot) {
    heapOfSlot = bytesOfSlot;
  }

  /** Writes the cache to the state. */
  final void writeBack() throws Exception {
    cache.writeBack();
  }
}
