package adanalytics.privacy;

import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Where the key of the pseudonyms is: in a secret of AWS Secrets Manager, or, for a local run, in a
 * file. This names the place; it never holds the key, so the key is not in the job's graph.
 */
public final class KeySource implements Serializable {
  private static final long serialVersionUID = 1L;

  static final String SECRET_SETTING = "Privacy/privacy.key.secret";
  static final String FILE_SETTING = "Privacy/privacy.key.file";

  /** The length of an HMAC-SHA-256: a shorter key is easier to guess than a pseudonym. */
  static final int MIN_KEY_BYTES = 32;

  private final String secret;
  private final String file;
  private final String region;
  private final String endpoint;

  /**
   * @param secret name or ARN of the secret, or null
   * @param file path of the file, or null
   * @param region of the secret, unless its ARN names one
   * @param endpoint URL of an emulator of Secrets Manager, or null
   */
  public KeySource(String secret, String file, String region, String endpoint) {
    this.secret = secret;
    this.file = file;
    this.region = region;
    this.endpoint = endpoint;
  }

  /**
   * @throws IllegalArgumentException when no place is named, or two
   */
  void requireOnePlace() {
    if ((secret == null) == (file == null)) {
      throw new IllegalArgumentException(
          SECRET_SETTING
              + " must name a secret with the key, or "
              + FILE_SETTING
              + " a file with it, not both: privacy.user.ids and privacy.addresses need one key");
    }
  }

  /**
   * Reads the key, without a line break at its end.
   *
   * @return at least {@link #MIN_KEY_BYTES} bytes
   * @throws PrivacyKeyException when it cannot be read or is too short; the message names the
   *     setting, and never contains a byte of the key
   */
  byte[] read() {
    byte[] key = withoutLineBreak(secret == null ? readFile() : readSecret());
    if (key.length < MIN_KEY_BYTES) {
      throw new PrivacyKeyException(
          String.format(
              "%s: the key in %s has %d bytes, but must have at least %d",
              setting(), place(), key.length, MIN_KEY_BYTES),
          null);
    }
    return key;
  }

  /** The setting that names the place. */
  String setting() {
    return secret == null ? FILE_SETTING : SECRET_SETTING;
  }

  /** The place, for messages. */
  String place() {
    return secret == null ? "the file " + file : "the secret " + secret;
  }

  private byte[] readFile() {
    try {
      return Files.readAllBytes(Path.of(file));
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  private byte[] readSecret() {
    try {
      return SecretReader.read(secret, region, endpoint);
    } catch (RuntimeException e) {
      throw unreadable(e);
    }
  }

  private PrivacyKeyException unreadable(Exception cause) {
    return new PrivacyKeyException(
        String.format("%s: the key in %s cannot be read: %s", setting(), place(), cause), cause);
  }

  /** Editors and shells end a file with a line break, and the secret may come from such a file. */
  private static byte[] withoutLineBreak(byte[] key) {
    int end = key.length;
    if (end > 0 && key[end - 1] == '\n') {
      end--;
      if (end > 0 && key[end - 1] == '\r') {
        end--;
      }
    }
    return Arrays.copyOf(key, end);
  }
}
