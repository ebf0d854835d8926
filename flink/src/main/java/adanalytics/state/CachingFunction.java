package adanalytics.state;

import org.apache.flink.api.common.state.ValueState;
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

  /**
   * @param cacheSize how much heap the cache may take
   */
  protected CachingFunction(CacheSize cacheSize) {
    this.cacheSize = cacheSize;
  }

  /** To be called by {@link #open}. */
  protected final WriteBackCache cached(ValueState<byte[]> state) {
    cache = new WriteBackCache(cacheSize.bytes(heapOfSlot), keys, state);
    timerGroups =
        new TimerGroups(
            getRuntimeContext().getMapState(TimerGroups.DESCRIPTOR),
            keys,
            getRuntimeContext().getTaskInfo().getMaxNumberOfParallelSubtasks());
    return cache;
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
