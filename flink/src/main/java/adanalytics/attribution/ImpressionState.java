package adanalytics.attribution;

import adanalytics.event.Impression;

/** What is kept of an impression until its attribution window has closed. */
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

  /** Values of the {@link adanalytics.event.CarriedFields}, by their place; null without any. */
  public String[] carried;

  /** Shown in a place no one could see: 0x0 or 1x1 pixels. */
  public boolean invalidPlacement;

  /** How many clicks were attributed to it so far. */
  public int attributedClicks;

  /** How many of them are valid. */
  public int validClicks;

  /**
   * Whether the settled figures of its campaign had it when it was accepted, and get each click
   * when that is attributed. False only for impressions in a snapshot of release 0.1.0, which are
   * counted with their clicks when their attribution window has closed.
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
