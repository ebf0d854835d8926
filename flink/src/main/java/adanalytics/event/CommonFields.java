package adanalytics.event;

/**
 * The positions in {@link FieldValues} of the fields that impressions and clicks have in common.
 */
final class CommonFields {
  private final int impressionId;
  private final int eventTime;
  private final int userId;
  private final int campaignId;
  private final int adId;
  private final int publisherId;
  private final int deviceType;
  private final int country;
  private final int ip;
  private final int userAgent;

  /**
   * @throws IllegalStateException when the schema does not name one of them
   */
  CommonFields(EventSchema schema) {
    impressionId = schema.text("impression_id");
    eventTime = schema.text("event_time");
    userId = schema.text("user_id");
    campaignId = schema.text("campaign_id");
    adId = schema.text("ad_id");
    publisherId = schema.text("publisher_id");
    deviceType = schema.text("device_type");
    country = schema.text("country");
    ip = schema.text("ip");
    userAgent = schema.text("user_agent");
  }

  /**
   * @throws java.time.DateTimeException when the time of the event is a date that does not exist
   */
  void fill(AdEvent event, FieldValues values) {
    event.eventTime = EventTime.parse(values.text(eventTime));
    event.impressionId = values.text(impressionId);
    event.userId = values.text(userId);
    event.campaignId = values.text(campaignId);
    event.adId = values.text(adId);
    event.publisherId = values.text(publisherId);
    event.deviceType = values.text(deviceType);
    event.country = values.text(country);
    event.ip = values.text(ip);
    event.userAgent = values.text(userAgent);
  }
}
