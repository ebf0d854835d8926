package adanalytics.result;

import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.api.common.serialization.RuntimeContextInitializationContextAdapters;
import org.apache.flink.api.common.serialization.SerializationSchema;
import org.apache.flink.table.data.RowData;

/** Writes rows of a result table as JSON. */
final class ResultEncoder extends RichMapFunction<RowData, ResultRecord> {
  private static final long serialVersionUID = 1L;

  /** Place of record_id in every result table: the columns of result_stream come first. */
  static final int RECORD_ID_COLUMN = 1;

  private final SerializationSchema<RowData> json;
  private transient PartitionKey partitionKey;

  /**
   * @param json writes a row
   */
  ResultEncoder(SerializationSchema<RowData> json) {
    this.json = json;
  }

  @Override
  public void open(OpenContext context) throws Exception {
    json.open(
        RuntimeContextInitializationContextAdapters.serializationAdapter(getRuntimeContext()));
    partitionKey = new PartitionKey();
  }

  @Override
  public ResultRecord map(RowData row) {
    return new ResultRecord(
        partitionKey.of(row.getString(RECORD_ID_COLUMN).toBytes()), json.serialize(row));
  }
}
