package adanalytics.source;

import org.apache.flink.streaming.api.functions.source.SourceFunction.SourceContext;
import org.apache.flink.streaming.api.watermark.Watermark;

/**
 * Prevents the connector from marking a subtask as idle. The connector does so when a reshard
 * closes the last shard of the subtask, before it discovers the child shards, so the windows would
 * be closed before their first events. Only {@link ShardClocks} decides about idleness.
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
    // ShardClocks decides about idleness.
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
