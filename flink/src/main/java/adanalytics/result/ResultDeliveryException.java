package adanalytics.result;

/** Results cannot be delivered, and further retries would not help. */
final class ResultDeliveryException extends Exception {
  private static final long serialVersionUID = 1L;

  ResultDeliveryException(String message, Throwable cause) {
    super(message, cause);
  }
}
