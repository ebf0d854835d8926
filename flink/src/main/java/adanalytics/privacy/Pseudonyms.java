package adanalytics.privacy;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.apache.flink.util.StringUtils;

/**
 * Replaces ids by keyed hashes (HMAC-SHA-256): the same id and key always give the same hash, and
 * without the key an id cannot be found by trying all candidates.
 *
 * <p>The hashed text begins with what it is. So an address that a producer uses as a user id does
 * not have the same hash as the address itself, and the two cannot be linked.
 *
 * <p>Only for one thread.
 */
final class Pseudonyms {
  private static final String ALGORITHM = "HmacSHA256";
  private static final byte[] USER = "user:".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] KEY = "key:".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] ADDRESS = "address:".getBytes(StandardCharsets.US_ASCII);

  /** 128 bits: of a billion users, two have the same pseudonym with a probability of 1e-21. */
  private static final int USER_BYTES = 16;

  /**
   * 64 bits. It only tells apart the addresses of one network that break the same rule in the same
   * window; two of 10,000 are equal with a probability of 3e-12.
   */
  private static final int SUFFIX_BYTES = 8;

  private final Mac mac;

  /**
   * @param key the bytes of the key
   */
  Pseudonyms(byte[] key) {
    try {
      mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key, ALGORITHM));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java runtime has " + ALGORITHM, e);
    }
  }

  /**
   * @param userId in UTF-8
   * @return 32 hexadecimal digits
   */
  String ofUser(byte[] userId) {
    return hash(USER, userId, USER_BYTES);
  }

  /**
   * @param address as the event has it, in UTF-8
   * @return 16 hexadecimal digits
   */
  String ofAddress(byte[] address) {
    return hash(ADDRESS, address, SUFFIX_BYTES);
  }

  /**
   * @return 16 hexadecimal digits that tell this key from others, and do not reveal it
   */
  String ofKey() {
    return hash(KEY, new byte[0], SUFFIX_BYTES);
  }

  private String hash(byte[] kind, byte[] text, int bytes) {
    mac.update(kind);
    return StringUtils.byteToHexString(mac.doFinal(text), 0, bytes);
  }
}
