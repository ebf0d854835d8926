package adanalytics.event;

/**
 * What an impression and a click have in common, as the wire contract names it.
 *
 * <p>Public fields and an empty constructor make it a Flink POJO: its state can be read after the
 * class gains a field.
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
   * Values of the {@link CarriedFields} of an impression, by their place; null when no field is
   * carried, and of a click.
   */
  public String[] carried;

  /** The user agent is that of a listed bot; see {@link KnownBots}. */
  public boolean knownBot;

  /** The identifier that makes this event distinct: duplicates repeat it. */
  public abstract String id();
}
