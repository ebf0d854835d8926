package adanalytics.result;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.apache.flink.util.StringUtils;

/**
 * The Kinesis partition key of a result: a hash of its record_id, 32 hexadecimal digits.
 *
 * <p>The id itself is unsuitable, because it contains text from outside. The connector cuts a key
 * at 256 UTF-16 units, and a cut inside a character stops the sink. Its state serializer writes the
 * length of a key in characters but the key in UTF-8, so a checkpoint with a buffered non-ASCII key
 * cannot be restored.
 *
 * <p>The same id always gives the same key: a result that is written again after a restart goes to
 * the same shard, and readers that upsert see both in order.
 */
final class PartitionKey {
  private final MessageDigest digest;

  PartitionKey() {
    try {
      digest = MessageDigest.getInstance("MD5");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("This Java runtime does not support MD5", e);
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
