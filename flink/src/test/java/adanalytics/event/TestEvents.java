package adanalytics.event;

/** Events for tests, with every required field. */
public final class TestEvents {
  private TestEvents() {}

  public static Impression impression(String impressionId, long eventTime) {
    Impression impression = new Impression();
    fill(impression, impressionId, eventTime);
    return impression;
  }

  public static Click click(String clickId, String impressionId, long eventTime) {
    Click click = new Click();
    fill(click, impressionId, eventTime);
    click.clickId = clickId;
    return click;
  }

  /** An input record with this event, on time. */
  public static <E extends AdEvent> InputRecord<E> record(E event) {
    InputRecord<E> record = new InputRecord<>();
    record.event = event;
    record.arrivalTime = event.eventTime;
    record.position = new RecordPosition("stream", "shardId-000000000000", "1");
    return record;
  }

  private static void fill(AdEvent event, String impressionId, long eventTime) {
    event.impressionId = impressionId;
    event.eventTime = eventTime;
    event.userId = "user";
    event.campaignId = "campaign";
    event.adId = "ad";
    event.publisherId = "publisher";
  }
}
