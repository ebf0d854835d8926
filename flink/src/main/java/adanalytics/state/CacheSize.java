package adanalytics.state;

import java.io.Serializable;

/** How much heap a {@link WriteBackCache} may use. */
@FunctionalInterface
public interface CacheSize extends Serializable {
  /**
   * @param heapOfSlot heap of the process for each of its task slots, in bytes
   * @return approximate limit for all values together, in bytes
   */
  long bytes(long heapOfSlot);

  /**
   * @param divisor of the heap
   * @return a fraction of the heap, so that a process with a small heap has small caches
   */
  static CacheSize heapDividedBy(int divisor) {
    return heapOfSlot -> heapOfSlot / divisor;
  }
}
