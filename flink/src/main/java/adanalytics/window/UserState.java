package adanalytics.window;

import adanalytics.codec.VarInts;
import java.io.IOException;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/**
 * All that is kept of one user, as one value: what the open engagement windows hold, and the keys
 * of each dimension that the user was already counted for.
 */
final class UserState {
  // Places of the counts.
  static final int IMPRESSIONS = 0;
  static final int CLICKS = 1;
  static final int CAMPAIGNS = 2;
  static final int SCORING_CAMPAIGNS = 3;
  static final int IMPRESSION_WEIGHT = 4;
  static final int VALID_CLICK_WEIGHT = 5;

  /** 1 once the window has a timer: the user did something in its last slide. */
  static final int HAS_NEWS = 6;

  /** The {@link #expiry} of a user without one. */
  static final long NONE = Long.MIN_VALUE;

  private static final int COUNTS = 7;

  private static final String OF_ALL = "all:";
  private static final String OF_SCORE = "score:";

  final OpenWindows open;

  /** The time at which a timer looks this value through, in milliseconds since the epoch. */
  long expiry = NONE;

  private final SlidingWindows engagement;
  private final SlidingWindows metrics;

  /** Campaigns of both counts, in one set; what is before the id tells them apart. */
  private final Members campaigns;

  private final Members keys;

  private UserState(
      SlidingWindows engagement,
      SlidingWindows metrics,
      OpenWindows open,
      Members campaigns,
      Members keys) {
    this.engagement = engagement;
    this.metrics = metrics;
    this.open = open;
    this.campaigns = campaigns;
    this.keys = keys;
  }

  /**
   * Of a user that nothing is known of.
   *
   * @param engagement the windows of the score
   * @param metrics the tumbling windows of the totals
   * @param campaigns of the current user
   * @param keys of dimensions, of the current user
   */
  static UserState empty(
      SlidingWindows engagement,
      SlidingWindows metrics,
      MapState<String, long[]> campaigns,
      MapState<String, long[]> keys) {
    return new UserState(
        engagement,
        metrics,
        new OpenWindows(COUNTS),
        new Members(engagement, campaigns),
        new Members(metrics, keys));
  }

  /** Adds an event to the engagement windows of its slide, from an open one on. */
  void count(UserEvent event, long from) throws Exception {
    long slide = engagement.slideOf(event.time);
    long last = engagement.lastWindow(slide);
    boolean scores = event.what != UserEvent.CLICK;
    for (long window = from; window <= last; window++) {
      long[] counts = open.getOrCreate(window).counts;
      if (event.what == UserEvent.IMPRESSION) {
        counts[IMPRESSIONS]++;
        counts[IMPRESSION_WEIGHT] += weight(event.time, window);
      } else if (event.what == UserEvent.CLICK) {
        counts[CLICKS]++;
      } else {
        counts[VALID_CLICK_WEIGHT] += weight(event.time, window);
      }
    }
    if (event.what != UserEvent.VALID_CLICK) {
      see(OF_ALL + event.campaignId, slide, from, CAMPAIGNS);
    }
    if (scores) {
      see(OF_SCORE + event.campaignId, slide, from, SCORING_CAMPAIGNS);
    }
  }

  private void see(String campaign, long slide, long from, int count) throws Exception {
    campaigns.see(
        campaign,
        slide,
        window -> {
          if (window >= from) {
            open.getOrCreate(window).counts[count]++;
          }
        });
  }

  /** Halved for every half window that the event lies before the window's end, in millionths. */
  private long weight(long time, long window) {
    double halfLives = (engagement.end(window) - time) / (engagement.windowMillis / 2.0);
    return Math.round(1e6 * Math.pow(2, -halfLives));
  }

  /**
   * Counts the user for a key of a dimension.
   *
   * @param key for example {@code campaign:c1}
   * @param slide of the metrics window
   * @return whether the user was not counted for the key in that window before
   */
  boolean isNewTo(String key, long slide) throws Exception {
    boolean[] isNew = {false};
    keys.see(key, slide, window -> isNew[0] = true);
    return isNew[0];
  }

  /** Forgets the windows that were complete at this time. */
  void forgetUpTo(long time) {
    open.forgetBefore(engagement.firstOpenWindow(time));
    campaigns.forgetBefore(engagement.firstOpenWindow(time));
    keys.forgetBefore(metrics.firstOpenWindow(time));
  }

  /** Forgets entries of the maps that are in no window open at this time. */
  void forgetEntriesUpTo(long time) throws Exception {
    campaigns.forgetInMapBefore(engagement.firstOpenWindow(time));
    keys.forgetInMapBefore(metrics.firstOpenWindow(time));
  }

  /** The last moment of the last window with something in it; {@link #NONE} when there is none. */
  long lastMoment() throws Exception {
    long ofEngagement = open.isEmpty() ? NONE : engagement.lastMoment(open.last());
    long lastOfKeys = keys.lastWindow();
    return lastOfKeys == Members.NO_WINDOW
        ? ofEngagement
        : Math.max(ofEngagement, metrics.lastMoment(lastOfKeys));
  }

  void clear() {
    campaigns.clear();
    keys.clear();
  }

  byte[] toBytes(DataOutputSerializer buffer) throws IOException {
    buffer.clear();
    StateFormat.write(buffer, engagement, metrics);
    VarInts.writeSigned(expiry, buffer);
    open.write(buffer);
    campaigns.write(buffer, engagement.slideOf(expiry));
    keys.write(buffer, metrics.slideOf(expiry));
    return buffer.getCopyOfBuffer();
  }

  /**
   * Reads what {@link #toBytes} wrote.
   *
   * @throws IOException when the bytes are of another format or of windows with other settings
   */
  static UserState of(
      byte[] bytes,
      SlidingWindows engagement,
      SlidingWindows metrics,
      MapState<String, long[]> campaignsOfUser,
      MapState<String, long[]> keysOfUser)
      throws IOException {
    DataInputDeserializer in = new DataInputDeserializer(bytes);
    StateFormat.read(in, engagement, metrics);
    long expiry = VarInts.readSigned(in);
    UserState state =
        new UserState(
            engagement,
            metrics,
            OpenWindows.read(in, COUNTS),
            new Members(engagement, campaignsOfUser),
            new Members(metrics, keysOfUser));
    state.campaigns.read(in, engagement.slideOf(expiry));
    state.keys.read(in, metrics.slideOf(expiry));
    state.expiry = expiry;
    return state;
  }
}
