package adanalytics.result;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.apache.flink.connector.kinesis.sink.PartitionKeyGenerator;
import org.apache.flink.table.data.RowData;
import org.apache.flink.util.StringUtils;

/**
 * The Kinesis partition key of a result: a hash of its record_id, 32 hexadecimal digits.
 *
 * <p>Never the id itself, which holds text from outside. The connector cuts a key at 256 UTF-16
 * units, and a cut in the middle of a character stops the sink. Its state serializer writes a key's
 * length in characters and its bytes in UTF-8, so a checkpoint with a buffered key that is not
 * ASCII cannot be restored.
 *
 * <p>The same id always gives the same key: a result that is written again after a restart goes to
 * the shard of the first, and readers that upsert see both in order.
 */
public final class RecordIdPartitionKey implements PartitionKeyGenerator<RowData> {
  private static final long serialVersionUID = 1L;

  /** Place of record_id in every sink table: the columns of result_stream come first. */
  static final int RECORD_ID_COLUMN = 1;

  private transient MessageDigest digest;

  /**
   * @param result a row of a sink table
   * @return the hash of its record_id
   */
  @Override
  public String apply(RowData result) {
    return StringUtils.byteToHexString(md5().digest(result.getString(RECORD_ID_COLUMN).toBytes()));
  }

  private MessageDigest md5() {
    if (digest == null) {
      try {
        digest = MessageDigest.getInstance("MD5");
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException("Every Java runtime has MD5", e);
      }
    }
    return digest;
  }
}
