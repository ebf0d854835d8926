package adanalytics.result;

import adanalytics.privacy.ResultPrivacy;
import adanalytics.source.JobMetrics;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichFlatMapFunction;
import org.apache.flink.api.common.serialization.RuntimeContextInitializationContextAdapters;
import org.apache.flink.api.common.serialization.SerializationSchema;
import org.apache.flink.metrics.Counter;
import org.apache.flink.table.data.RowData;
import org.apache.flink.util.Collector;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes rows of a result table as JSON.
 *
 * <p>A result that is too large for Kinesis is dropped, logged and counted, because it would fail
 * the job repeatedly. The limits of the contract keep results far smaller.
 */
final class ResultEncoder extends RichFlatMapFunction<RowData, ResultRecord> {
  private static final long serialVersionUID = 1L;
  private static final Logger LOG = LoggerFactory.getLogger(ResultEncoder.class);

  /** Position of record_id in every result table: the columns of result_stream come first. */
  static final int RECORD_ID_COLUMN = 1;

  private final SerializationSchema<RowData> json;
  private final ResultPrivacy privacy;
  private transient PartitionKey partitionKey;
  private transient Counter undeliverableResults;

  /**
   * @param json writes a row
   * @param privacy changes the personal data of a row; null when it stays as it is
   */
  ResultEncoder(SerializationSchema<RowData> json, ResultPrivacy privacy) {
    this.json = json;
    this.privacy = privacy;
  }

  @Override
  public void open(OpenContext context) throws Exception {
    json.open(
        RuntimeContextInitializationContextAdapters.serializationAdapter(getRuntimeContext()));
    if (privacy != null) {
      privacy.open();
    }
    partitionKey = new PartitionKey();
    undeliverableResults = JobMetrics.of(getRuntimeContext()).counter("undeliverableResults");
  }

  @Override
  public void flatMap(RowData original, Collector<ResultRecord> records) {
    RowData row = privacy == null ? original : privacy.withoutPersonalData(original);
    ResultRecord record =
        new ResultRecord(
            partitionKey.of(row.getString(RECORD_ID_COLUMN).toBytes()), json.serialize(row));
    if (record.sizeInBytes() <= ResultSink.MAX_RECORD_BYTES) {
      records.collect(record);
      return;
    }
    undeliverableResults.inc();
    LOG.error(
        "A result of {} bytes is dropped: a Kinesis record has at most {} bytes. The MD5 hash of its record_id is {}",
        record.sizeInBytes(),
        ResultSink.MAX_RECORD_BYTES,
        record.partitionKey());
  }
}
