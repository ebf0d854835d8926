package adanalytics.table;

import adanalytics.pipeline.EventPipeline;
import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.table.connector.ProviderContext;
import org.apache.flink.table.connector.source.DataStreamScanProvider;
import org.apache.flink.table.connector.source.DynamicTableSource;
import org.apache.flink.table.connector.source.ScanTableSource;
import org.apache.flink.table.connector.source.abilities.SupportsSourceWatermark;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.DataType;

/**
 * A table over one stream of the {@link EventPipeline}. Declare {@code WATERMARK FOR event_time AS
 * SOURCE_WATERMARK()}: the pipeline's own watermark, computed for each shard.
 *
 * @param <T> the stream's class
 */
final class EventPipelineTableSource<T> implements ScanTableSource, SupportsSourceWatermark {
  private final String table;
  private final EventStream<T> stream;
  private final List<Column<T>> columns;
  private final DataType rowType;

  EventPipelineTableSource(
      String table, EventStream<T> stream, List<Column<T>> columns, DataType rowType) {
    this.table = table;
    this.stream = stream;
    this.columns = columns;
    this.rowType = rowType;
  }

  @Override
  public ChangelogMode getChangelogMode() {
    return ChangelogMode.insertOnly();
  }

  @Override
  public ScanRuntimeProvider getScanRuntimeProvider(ScanContext context) {
    TypeInformation<RowData> type = context.createTypeInformation(rowType);
    return new DataStreamScanProvider() {
      @Override
      public DataStream<RowData> produceDataStream(
          ProviderContext provider, StreamExecutionEnvironment environment) {
        // With a prefix, because a table may have the same name as a source.
        String operator = table + "-table";
        return stream
            .stream
            .apply(EventPipeline.of(environment))
            .map(new RowMapper<>(columns))
            .returns(type)
            .name(operator)
            .uid(provider.generateUid(operator).orElse(operator));
      }

      @Override
      public boolean isBounded() {
        return false;
      }
    };
  }

  @Override
  public void applySourceWatermark() {
    // The streams carry the sources' watermarks already.
  }

  @Override
  public DynamicTableSource copy() {
    return new EventPipelineTableSource<>(table, stream, columns, rowType);
  }

  @Override
  public String asSummaryString() {
    return EventPipelineTableFactory.IDENTIFIER + ":" + stream.name;
  }
}
