package adanalytics.attribution;

/**
 * An impression whose attribution window has closed, with the final count of its clicks. Emitted
 * only for impressions that were not {@link ImpressionState#isCounted counted} before.
 */
public class SettledImpression {
  public ImpressionState impression;

  /**
   * The end of its attribution window, in milliseconds since the epoch: no click after it is
   * attributed. The watermark has not passed this time, although it may have passed the time of the
   * impression.
   */
  public long settledTime;

  public SettledImpression() {}

  SettledImpression(ImpressionState impression, long settledTime) {
    this.impression = impression;
    this.settledTime = settledTime;
  }
}
