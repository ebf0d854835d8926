package adanalytics.state;

import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.runtime.state.KeyedStateBackend;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.streaming.api.operators.KeyContext;

/**
 * A keyed function with a {@link WriteBackCache} in front of its state and {@link TimerGroups},
 * which {@link CachingOperator} has it write back before each snapshot. When a group is due, the
 * function gets a timer for each of its keys.
 *
 * @param <I> input
 * @param <O> output
 */
public abstract class CachingFunction<I, O> extends KeyedProcessFunction<String, I, O> {
  private static final long serialVersionUID = 1L;

  private final CacheSize cacheSize;
  private transient KeyContext keys;
  private transient long heapOfSlot;
  private transient WriteBackCache cache;
  private transient TimerGroups timerGroups;
  private transient RecentIds keysWithValue;

  /**
   * @param cacheSize how much heap the cache may take
   */
  protected CachingFunction(CacheSize cacheSize) {
    this.cacheSize = cacheSize;
  }

  /**
   * To be called by {@link #open}.
   *
   * @param state with a value for each key
   * @param usualMillis how long after the watermark a value expires at most where clocks are right
   */
  protected final WriteBackCache cached(ValueState<byte[]> state, long usualMillis) {
    keysWithValue = new RecentIds(usualMillis);
    cache = new WriteBackCache(cacheSize.bytes(heapOfSlot), keys, state);
    timerGroups = new TimerGroups(getRuntimeContext(), keys);
    return cache;
  }

  /** The state with a value for each key. */
  public abstract ValueStateDescriptor<byte[]> state();

  /**
   * The keys that may have a value. To be asked only for an event: while timers fire, the values
   * that expire at the new watermark are still there, but may not be known here.
   */
  protected final RecentIds keysWithValue() {
    return keysWithValue;
  }

  final void restore(KeyedStateBackend<String> backend) {
    keysWithValue.addRestored(backend, state().getName());
  }

  /** Timers of the function, from {@link #cached} on. */
  protected final TimerGroups timerGroups() {
    return timerGroups;
  }

  final void runIn(KeyContext operator, long heapBytesOfSlot) {
    keys = operator;
    heapOfSlot = heapBytesOfSlot;
  }

  final void writeBack() throws Exception {
    cache.writeBack();
    timerGroups.writeBack();
  }
}
