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

  /** Shown in a place nobody could see: 0x0 or 1x1 pixels. */
  public boolean invalidPlacement;

  /** How many clicks were attributed to it so far. */
  public int attributedClicks;

  /** How many of them are valid. */
  public int validClicks;

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
    state.invalidPlacement = ClickValidity.isInvalidPlacement(impression.width, impression.height);
    return state;
  }
}
