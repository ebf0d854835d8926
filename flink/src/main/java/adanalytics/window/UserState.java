package adanalytics.window;

import adanalytics.codec.VarInts;
import java.io.IOException;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * The state of one user, as one value: the open windows of the engagement score and of the fraud
 * rules, and the keys of each dimension for which the user was counted.
 */
final class UserState {
  // Positions of the counts.
  static final int IMPRESSIONS = 0;
  static final int CLICKS = 1;
  static final int CAMPAIGNS = 2;
  static final int SCORING_CAMPAIGNS = 3;
  static final int IMPRESSION_WEIGHT = 4;
  static final int VALID_CLICK_WEIGHT = 5;

  /** 1 once the window has a timer, because the user has an event in its last slide. */
  static final int HAS_NEWS = 6;

  /** The {@link #expiry} of a user without an expiry timer. */
  static final long NONE = ActorState.NONE;

  private static final int COUNTS = 7;

  private static final String OF_ALL = "all:";
  private static final String OF_SCORE = "score:";

  final ActorState actor;

  /** Engagement windows. */
  OpenWindows open = new OpenWindows(COUNTS);

  /**
   * The time of the timer that checks whether this value has expired, in milliseconds since the
   * epoch.
   */
  long expiry = NONE;

  private final SlidingWindows engagement;
  private final SlidingWindows metrics;

  /** Campaigns of both counts, in one set; a prefix of the id distinguishes them. */
  private final DistinctMembers campaigns;

  private final DistinctMembers keys;

  /**
   * The state of a new user.
   *
   * @param counter of the fraud rules
   * @param engagement the windows of the score
   * @param metrics the tumbling windows of the totals
   * @param campaigns of the current user
   * @param keys of dimensions, of the current user
   */
  UserState(
      ActorCounter counter,
      SlidingWindows engagement,
      SlidingWindows metrics,
      MapState<String, long[]> campaigns,
      MapState<String, long[]> keys) {
    actor = new ActorState(counter, null);
    this.engagement = engagement;
    this.metrics = metrics;
    this.campaigns = new DistinctMembers(engagement, campaigns);
    this.keys = new DistinctMembers(metrics, keys);
  }

  /** Adds an event to the open engagement windows of its slide. */
  void count(UserEvent event, long from) throws Exception {
    long slide = engagement.slideOf(event.time);
    long last = engagement.lastWindow(slide);
    boolean scores = event.what != UserEvent.CLICK;
    int start = open.at(from, last);
    int at = start;
    for (long window = from; window <= last; window++, at += COUNTS) {
      if (event.what == UserEvent.IMPRESSION) {
        open.counts[at + IMPRESSIONS]++;
        open.counts[at + IMPRESSION_WEIGHT] += weight(event.time, window);
      } else if (event.what == UserEvent.CLICK) {
        open.counts[at + CLICKS]++;
      } else {
        open.counts[at + VALID_CLICK_WEIGHT] += weight(event.time, window);
      }
    }
    if (event.what != UserEvent.VALID_CLICK) {
      see(OF_ALL + event.campaignId, slide, from, start + CAMPAIGNS);
    }
    if (scores) {
      see(OF_SCORE + event.campaignId, slide, from, start + SCORING_CAMPAIGNS);
    }
  }

  /** Counts a campaign in the windows in which it is new; {@code from} is the first of them. */
  private void see(String campaign, long slide, long from, int countOfFirst) throws Exception {
    campaigns.see(
        campaign,
        slide,
        window -> {
          if (window >= from) {
            open.counts[countOfFirst + (int) (window - from) * COUNTS]++;
          }
        });
  }

  /**
   * The weight in millionths: halved for every half window between the event and the end of the
   * window.
   */
  private long weight(long time, long window) {
    double halfLives = (engagement.end(window) - time) / (engagement.windowMillis / 2.0);
    return Math.round(1e6 * Math.pow(2, -halfLives));
  }

  /**
   * Counts the user for a key of a dimension.
   *
   * @param key for example {@code campaign:c1}
   * @param slide of the metrics window
   * @return whether the user is new to the key in that window
   */
  boolean isNewTo(String key, long slide) throws Exception {
    boolean[] isNew = {false};
    keys.see(key, slide, window -> isNew[0] = true);
    return isNew[0];
  }

  /** Removes the windows that were complete at this time. */
  void forgetUpTo(long time) throws IOException {
    actor.forgetUpTo(time);
    open.forgetBefore(engagement.firstOpenWindow(time));
    campaigns.forgetBefore(engagement.firstOpenWindow(time));
    keys.forgetBefore(metrics.firstOpenWindow(time));
  }

  /** Removes the map entries that are not in a window that is open at this time. */
  void forgetEntriesUpTo(long time) throws Exception {
    campaigns.forgetInMapBefore(engagement.firstOpenWindow(time));
    keys.forgetInMapBefore(metrics.firstOpenWindow(time));
  }

  /** The last millisecond of the last open window; {@link #NONE} if none exists. */
  long lastMoment() throws Exception {
    long last = actor.lastMoment();
    if (!open.isEmpty()) {
      last = Math.max(last, engagement.lastMoment(open.last()));
    }
    long lastOfKeys = keys.lastWindow();
    return lastOfKeys == DistinctMembers.NO_WINDOW
        ? last
        : Math.max(last, metrics.lastMoment(lastOfKeys));
  }

  void clear() {
    campaigns.clear();
    keys.clear();
  }

  /** Writes the value without the header, see {@link StateFormat}. */
  void write(DataOutputView out) throws IOException {
    VarInts.writeSigned(expiry, out);
    actor.write(out, expiry);
    open.write(out);
    campaigns.write(out, engagement.slideOf(expiry));
    keys.write(out, metrics.slideOf(expiry));
  }

  /** Reads what {@link #write} wrote. */
  void read(DataInputView in) throws IOException {
    expiry = VarInts.readSigned(in);
    actor.read(in, expiry);
    open = OpenWindows.read(in, COUNTS);
    campaigns.read(in, engagement.slideOf(expiry));
    keys.read(in, metrics.slideOf(expiry));
  }
}
