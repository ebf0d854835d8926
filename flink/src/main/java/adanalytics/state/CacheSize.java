package adanalytics.state;

import java.io.Serializable;

/** How much heap a {@link WriteBackCache} may take. */
@FunctionalInterface
public interface CacheSize extends Serializable {
  /**
   * @param heapOfSlot heap of the process for each of its task slots, in bytes
   * @return about how many bytes all values may take together
   */
  long bytes(long heapOfSlot);

  /**
   * @param divisor of the heap
   * @return a share of the heap, so that a process with little of it has small caches
   */
  static CacheSize heapDividedBy(int divisor) {
    return heapOfSlot -> heapOfSlot / divisor;
  }
}
