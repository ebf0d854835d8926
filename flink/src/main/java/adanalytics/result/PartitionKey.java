package adanalytics.result;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
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
final class PartitionKey {
  private final MessageDigest digest;

  PartitionKey() {
    try {
      digest = MessageDigest.getInstance("MD5");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java runtime has MD5", e);
    }
  }

  /**
   * @param recordId in UTF-8
   * @return its hash
   */
  String of(byte[] recordId) {
    return StringUtils.byteToHexString(digest.digest(recordId));
  }
}
