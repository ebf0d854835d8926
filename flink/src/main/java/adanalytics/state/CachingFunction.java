package adanalytics.state;

import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.streaming.api.operators.KeyContext;

/**
 * A keyed function with a {@link WriteBackCache} in front of its state, which {@link
 * CachingOperator} has it write back before each snapshot.
 *
 * @param <I> input
 * @param <O> output
 * @param <V> value of a key
 */
public abstract class CachingFunction<I, O, V> extends KeyedProcessFunction<String, I, O>
    implements WriteBackCache.Store<V> {
  private static final long serialVersionUID = 1L;

  private final CacheSize cacheSize;

  /** Ready once the function is opened. */
  protected transient WriteBackCache<V> cache;

  /**
   * @param cacheSize how much heap the cache may take
   */
  protected CachingFunction(CacheSize cacheSize) {
    this.cacheSize = cacheSize;
  }

  final void cacheFor(KeyContext keys, long heapOfSlot) {
    cache = new WriteBackCache<>(cacheSize.bytes(heapOfSlot), keys, this);
  }
}
