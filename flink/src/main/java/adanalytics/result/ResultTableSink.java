package adanalytics.result;

import adanalytics.privacy.PrivacySettings;
import adanalytics.privacy.ResultPrivacy;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.serialization.SerializationSchema;
import org.apache.flink.api.dag.Transformation;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.DataStreamSink;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.transformations.PhysicalTransformation;
import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.table.connector.ProviderContext;
import org.apache.flink.table.connector.format.EncodingFormat;
import org.apache.flink.table.connector.sink.DataStreamSinkProvider;
import org.apache.flink.table.connector.sink.DynamicTableSink;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.logical.RowType;

/** A table of results of one type; the sink of the job's last one writes those of all. */
final class ResultTableSink implements DynamicTableSink {
  private final String table;
  private final int tables;
  private final DataType rowType;
  private final EncodingFormat<SerializationSchema<RowData>> format;
  private final ResultSink sink;
  private final PrivacySettings privacy;

  /**
   * @param table its name
   * @param tables how many the job writes
   * @param rowType columns
   * @param format of a record
   * @param sink of all tables
   * @param privacy how results change personal data
   */
  ResultTableSink(
      String table,
      int tables,
      DataType rowType,
      EncodingFormat<SerializationSchema<RowData>> format,
      ResultSink sink,
      PrivacySettings privacy) {
    this.table = table;
    this.tables = tables;
    this.rowType = rowType;
    this.format = format;
    this.sink = sink;
    this.privacy = privacy;
  }

  @Override
  public ChangelogMode getChangelogMode(ChangelogMode requestedMode) {
    return ChangelogMode.insertOnly();
  }

  @Override
  public SinkRuntimeProvider getSinkRuntimeProvider(Context context) {
    SerializationSchema<RowData> json = format.createRuntimeEncoder(context, rowType);
    return new DataStreamSinkProvider() {
      @Override
      public DataStreamSink<?> consumeDataStream(
          ProviderContext provider, DataStream<RowData> rows) {
        return write(rows, json);
      }
    };
  }

  private DataStreamSink<?> write(DataStream<RowData> rows, SerializationSchema<RowData> json) {
    List<SingleOutputStreamOperator<ResultRecord>> branches = encoded(rows, json);
    List<DataStream<ResultRecord>> all = ResultStreams.add(table, union(branches), tables);
    if (all == null) {
      return new Collected(branches.get(0));
    }
    return union(all).sinkTo(sink).name("results").uid("results");
  }

  private List<SingleOutputStreamOperator<ResultRecord>> encoded(
      DataStream<RowData> rows, SerializationSchema<RowData> json) {
    List<SingleOutputStreamOperator<ResultRecord>> branches = new ArrayList<>();
    ResultPrivacy changes = ResultPrivacy.of(table, (RowType) rowType.getLogicalType(), privacy);
    for (Transformation<RowData> branch : UnionBranches.of(rows.getTransformation())) {
      branches.add(
          new DataStream<>(rows.getExecutionEnvironment(), branch)
              .flatMap(new ResultEncoder(json, changes))
              .returns(ResultRecord.type())
              .name(table + "-json"));
    }
    return branches;
  }

  @SuppressWarnings({"unchecked", "rawtypes"})
  private static DataStream<ResultRecord> union(List<? extends DataStream<ResultRecord>> streams) {
    DataStream<ResultRecord>[] others =
        streams.subList(1, streams.size()).toArray(new DataStream[streams.size() - 1]);
    return others.length == 0 ? streams.get(0) : streams.get(0).union(others);
  }

  @Override
  public DynamicTableSink copy() {
    return new ResultTableSink(table, tables, rowType, format, sink, privacy);
  }

  @Override
  public String asSummaryString() {
    return ResultTableFactory.IDENTIFIER;
  }

  /**
   * Ends a table whose streams the sink of the last table writes: the planner wants one of them.
   */
  private static final class Collected extends DataStreamSink<ResultRecord> {
    Collected(DataStream<ResultRecord> stream) {
      super((PhysicalTransformation<ResultRecord>) stream.getTransformation());
    }
  }
}
