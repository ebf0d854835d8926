package adanalytics.attribution;

import org.apache.flink.streaming.api.operators.Output;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.LatencyMarker;
import org.apache.flink.streaming.runtime.streamrecord.RecordAttributes;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.util.OutputTag;

/** Forwards everything except the idle status; see {@link StrictEventTimeOperator}. */
final class IdlenessSuppressingOutput<T> implements Output<T> {
  private final Output<T> output;

  IdlenessSuppressingOutput(Output<T> output) {
    this.output = output;
  }

  @Override
  public void emitWatermarkStatus(WatermarkStatus status) {
    // An output that never receives an idle status stays active.
  }

  @Override
  public void emitWatermark(Watermark mark) {
    output.emitWatermark(mark);
  }

  @Override
  public <X> void collect(OutputTag<X> tag, StreamRecord<X> record) {
    output.collect(tag, record);
  }

  @Override
  public void collect(T record) {
    output.collect(record);
  }

  @Override
  public void emitLatencyMarker(LatencyMarker marker) {
    output.emitLatencyMarker(marker);
  }

  @Override
  public void emitRecordAttributes(RecordAttributes attributes) {
    output.emitRecordAttributes(attributes);
  }

  @Override
  public void close() {
    output.close();
  }
}
