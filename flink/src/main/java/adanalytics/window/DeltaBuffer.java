package adanalytics.window;

import java.util.HashMap;
import java.util.Map;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.ChainingStrategy;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Sums deltas of the same key and window on the heap, before they are sent over the network. A hot
 * key costs one record per flush instead of one per event.
 *
 * <p>It has no state: the buffer is flushed before each watermark, before each checkpoint barrier,
 * at the end of the input, and when it is full. So no delta is behind a watermark or missing in a
 * checkpoint.
 */
final class DeltaBuffer extends AbstractStreamOperator<WindowDelta>
    implements OneInputStreamOperator<WindowDelta, WindowDelta> {
  /** About 2 MB of heap. */
  static final int MAX_DELTAS = 10_000;

  private static final long serialVersionUID = 1L;

  /** Counts by window and key: few windows are open at a time. */
  private transient Map<Long, Map<String, long[]>> buffered;

  private transient int size;

  DeltaBuffer() {
    chainingStrategy = ChainingStrategy.ALWAYS;
  }

  @Override
  public void open() throws Exception {
    super.open();
    buffered = new HashMap<>();
  }

  @Override
  public void processElement(StreamRecord<WindowDelta> record) {
    WindowDelta delta = record.getValue();
    Map<String, long[]> ofWindow =
        buffered.computeIfAbsent(delta.window, window -> new HashMap<>());
    long[] counts = ofWindow.get(delta.key);
    if (counts == null) {
      ofWindow.put(delta.key, delta.counts.clone());
      size++;
      if (size >= MAX_DELTAS) {
        flush();
      }
      return;
    }
    WindowTotals.add(delta.counts, counts, 0);
  }

  @Override
  public void processWatermark(Watermark mark) throws Exception {
    flush();
    super.processWatermark(mark);
  }

  @Override
  public void prepareSnapshotPreBarrier(long checkpointId) {
    flush();
  }

  @Override
  public void finish() {
    flush();
  }

  private void flush() {
    buffered.forEach(
        (window, byKey) ->
            byKey.forEach(
                (key, counts) ->
                    output.collect(new StreamRecord<>(new WindowDelta(key, window, counts)))));
    buffered.clear();
    size = 0;
  }
}
