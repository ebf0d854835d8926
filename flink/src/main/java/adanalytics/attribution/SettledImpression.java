package adanalytics.attribution;

/**
 * An impression whose attribution window has closed, with the final count of its clicks. Only one
 * that was not {@link ImpressionState#isCounted counted} before.
 */
public class SettledImpression {
  public ImpressionState impression;

  /**
   * The end of its attribution window, in milliseconds since the epoch: no click after it is
   * attributed. This, not the time of the impression, is what the watermark has not passed yet.
   */
  public long settledTime;

  public SettledImpression() {}

  SettledImpression(ImpressionState impression, long settledTime) {
    this.impression = impression;
    this.settledTime = settledTime;
  }
}
