package adanalytics.source;

import org.apache.flink.streaming.api.functions.source.SourceFunction.SourceContext;
import org.apache.flink.streaming.api.watermark.Watermark;

/**
 * Keeps the connector from declaring a subtask idle. It does so the moment its last shard is closed
 * by a reshard, before the children are discovered, and their first events would find the windows
 * closed; {@link ShardClocks} decides alone.
 */
final class IdlenessSuppressingContext<T> implements SourceContext<T> {
  private final SourceContext<T> context;

  IdlenessSuppressingContext(SourceContext<T> context) {
    this.context = context;
  }

  @Override
  public void collect(T element) {
    context.collect(element);
  }

  @Override
  public void collectWithTimestamp(T element, long timestamp) {
    context.collectWithTimestamp(element, timestamp);
  }

  @Override
  public void emitWatermark(Watermark mark) {
    context.emitWatermark(mark);
  }

  @Override
  public void markAsTemporarilyIdle() {
    // The connector must not decide this.
  }

  @Override
  public Object getCheckpointLock() {
    return context.getCheckpointLock();
  }

  @Override
  public void close() {
    context.close();
  }
}
