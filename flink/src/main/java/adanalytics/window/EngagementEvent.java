package adanalytics.window;

import adanalytics.attribution.AttributedClick;
import adanalytics.event.AdEvent;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;

/** What a user did with an ad, for the engagement score. */
public class EngagementEvent {
  static final byte IMPRESSION = 0;

  /** An accepted click, by the click's own user and campaign. */
  static final byte CLICK = 1;

  /** A valid attributed click, by user and campaign of its impression. */
  static final byte VALID_CLICK = 2;

  public String userId;
  public String campaignId;

  /** When the ad was shown or clicked, in milliseconds since the epoch. */
  public long time;

  /** One of the constants of this class. */
  public byte what;

  public EngagementEvent() {}

  private EngagementEvent(String userId, String campaignId, long time, byte what) {
    this.userId = userId;
    this.campaignId = campaignId;
    this.time = time;
    this.what = what;
  }

  /** An impression or a click, by its own user and campaign. */
  static EngagementEvent of(AdEvent event, byte what) {
    return new EngagementEvent(event.userId, event.campaignId, event.eventTime, what);
  }

  /** A valid click, by user and campaign of its impression, at the click's time. */
  static EngagementEvent ofValid(AttributedClick click) {
    return new EngagementEvent(
        click.impression.userId, click.impression.campaignId, click.click.eventTime, VALID_CLICK);
  }

  static TypeInformation<EngagementEvent> type() {
    return Types.POJO(EngagementEvent.class);
  }
}
