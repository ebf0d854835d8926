package adanalytics.attribution;

import adanalytics.event.Impression;

/** The state of an impression until its attribution window has closed. */
public class ImpressionState {
  /** Milliseconds since the epoch. */
  public long eventTime;

  public String userId;
  public String campaignId;
  public String adId;
  public String publisherId;
  public String deviceType;
  public String country;
  public Long costMicros;

  /**
   * Values of the {@link adanalytics.event.CarriedFields}, by position; null if the impression has
   * none.
   */
  public String[] carried;

  /** Invisible placement: 0x0 or 1x1 pixels. */
  public boolean invalidPlacement;

  /** Number of clicks attributed to it so far. */
  public int attributedClicks;

  /** Number of valid clicks among them. */
  public int validClicks;

  /**
   * Whether the impression was added to the settled figures of its campaign when it was accepted;
   * then each click is added when it is attributed. False only for impressions of a snapshot of
   * release 0.1.0: they are counted with their clicks when their attribution window closes.
   */
  public boolean isCounted;

  public static ImpressionState of(Impression impression) {
    ImpressionState state = new ImpressionState();
    state.eventTime = impression.eventTime;
    state.userId = impression.userId;
    state.campaignId = impression.campaignId;
    state.adId = impression.adId;
    state.publisherId = impression.publisherId;
    state.deviceType = impression.deviceType;
    state.country = impression.country;
    state.costMicros = impression.costMicros;
    state.carried = impression.carried;
    state.invalidPlacement = ClickValidity.isInvalidPlacement(impression.width, impression.height);
    state.isCounted = true;
    return state;
  }
}
