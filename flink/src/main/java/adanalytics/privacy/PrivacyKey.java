package adanalytics.privacy;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The key of one job. It is read when the job is planned, so that a wrong one refuses the start,
 * and again in each process that runs tasks. The tasks get only a check value, which does not
 * reveal the key. If a task reads a different key after a restart, it fails; otherwise the same
 * user would get two pseudonyms.
 */
final class PrivacyKey {
  /** A process has many tasks, and reads the key once for all. */
  private static final Map<String, byte[]> BY_CHECK_VALUE = new ConcurrentHashMap<>();

  private PrivacyKey() {}

  /**
   * @param source where the key is
   * @return its check value
   * @throws PrivacyKeyException when it cannot be used
   */
  static String checkValueOf(KeySource source) {
    return checkValue(source.read());
  }

  /**
   * @param source where the key is
   * @param checkValue of the key when the job was planned
   * @return the key
   * @throws PrivacyKeyException when it cannot be used, or is another one
   */
  static byte[] read(KeySource source, String checkValue) {
    return BY_CHECK_VALUE.computeIfAbsent(checkValue, expected -> readChecked(source, expected));
  }

  private static byte[] readChecked(KeySource source, String expected) {
    byte[] key = source.read();
    byte[] found = checkValue(key).getBytes(StandardCharsets.US_ASCII);
    if (!MessageDigest.isEqual(found, expected.getBytes(StandardCharsets.US_ASCII))) {
      throw new PrivacyKeyException(
          String.format(
              "%s: %s has another key than when the job started. Put the old key back",
              source.setting(), source.place()),
          null);
    }
    return key;
  }

  private static String checkValue(byte[] key) {
    return new Pseudonyms(key).ofKey();
  }
}
