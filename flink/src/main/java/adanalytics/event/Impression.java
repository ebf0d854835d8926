package adanalytics.event;

/** An ad was shown. */
public class Impression extends AdEvent {
  /** Millionths of a US dollar paid for this impression; null when the producer does not say. */
  public Long costMicros;

  /** Pixels; null when the producer does not say. */
  public Integer width;

  /** Pixels; null when the producer does not say. */
  public Integer height;

  @Override
  public String id() {
    return impressionId;
  }
}
