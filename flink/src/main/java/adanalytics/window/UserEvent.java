package adanalytics.window;

import adanalytics.attribution.AttributedClick;
import adanalytics.codec.CodecType;
import adanalytics.event.AdEvent;
import adanalytics.event.Impression;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/** An event of a user, for the engagement score and for the totals of each dimension. */
public class UserEvent {
  static final byte IMPRESSION = 0;

  /** An accepted click, with the click's own user and campaign. */
  static final byte CLICK = 1;

  /**
   * A valid attributed click, with the user and campaign of its impression. It counts only for the
   * score; the fields after {@link #what} are not set.
   */
  static final byte VALID_CLICK = 2;

  /** The key of an event without a device type or without a country. */
  private static final String UNKNOWN = "unknown";

  public String userId;
  public String campaignId;

  /** When the ad was shown or clicked, in milliseconds since the epoch. */
  public long time;

  /** One of the constants of this class. */
  public byte what;

  public String adId;
  public String publisherId;
  public String deviceType;
  public String country;

  /** Millionths of a US dollar; 0 for a click, or when the producer does not say. */
  public long costMicros;

  public UserEvent() {}

  private UserEvent(String userId, String campaignId, long time, byte what) {
    this.userId = userId;
    this.campaignId = campaignId;
    this.time = time;
    this.what = what;
  }

  /** An impression or a click, with its own user and campaign. */
  static UserEvent of(AdEvent event) {
    boolean isImpression = event instanceof Impression;
    UserEvent of =
        new UserEvent(
            event.userId, event.campaignId, event.eventTime, isImpression ? IMPRESSION : CLICK);
    of.adId = event.adId;
    of.publisherId = event.publisherId;
    of.deviceType = event.deviceType == null ? UNKNOWN : event.deviceType;
    of.country = event.country == null ? UNKNOWN : event.country;
    Long cost = isImpression ? ((Impression) event).costMicros : null;
    of.costMicros = cost == null ? 0 : cost;
    return of;
  }

  /** A valid click, with the user and campaign of its impression, at the click's time. */
  static UserEvent ofValid(AttributedClick click) {
    return new UserEvent(
        click.impression.userId, click.impression.campaignId, click.click.eventTime, VALID_CLICK);
  }

  static TypeInformation<UserEvent> type() {
    return new CodecType<>(new UserEventCodec());
  }
}
