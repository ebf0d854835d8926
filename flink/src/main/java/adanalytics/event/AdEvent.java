package adanalytics.event;

/**
 * The fields that impressions and clicks have in common, with the names of the wire contract.
 *
 * <p>Public fields and an empty constructor make it a Flink POJO: its state can still be read after
 * a field is added to the class.
 */
public abstract class AdEvent {
  public String impressionId;

  /** Milliseconds since the epoch. */
  public long eventTime;

  public String userId;
  public String campaignId;
  public String adId;
  public String publisherId;
  public String deviceType;
  public String country;
  public String ip;
  public String userAgent;

  /**
   * Values of the {@link CarriedFields} of an impression, by position. Null for a click, and when
   * no field is carried.
   */
  public String[] carried;

  /** The user agent is that of a listed bot; see {@link KnownBots}. */
  public boolean knownBot;

  /** The identifier of this event; duplicates have the same one. */
  public abstract String id();
}
