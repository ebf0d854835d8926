package adanalytics.privacy;

/** The key of the pseudonyms cannot be used. The message never contains a byte of it. */
public final class PrivacyKeyException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  PrivacyKeyException(String message, Throwable cause) {
    super(message, cause);
  }
}
