package adanalytics.window;

import java.io.IOException;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/** All that is kept of one user, as one value: what the open windows hold. */
final class EngagementState {
  // Places of the counts.
  static final int IMPRESSIONS = 0;
  static final int CLICKS = 1;
  static final int CAMPAIGNS = 2;
  static final int SCORING_CAMPAIGNS = 3;
  static final int IMPRESSION_WEIGHT = 4;
  static final int VALID_CLICK_WEIGHT = 5;

  /** 1 once the window has a timer: the user did something in its last slide. */
  static final int HAS_NEWS = 6;

  private static final int COUNTS = 7;

  private static final String OF_ALL = "all:";
  private static final String OF_SCORE = "score:";

  final OpenWindows open;

  /** The window at whose end this value is looked through; 0 before that has a timer. */
  long expiry;

  private final SlidingWindows windows;

  /** Campaigns of both counts, in one set; what is before the id tells them apart. */
  private final Members campaigns;

  private EngagementState(SlidingWindows windows, OpenWindows open, Members campaigns) {
    this.windows = windows;
    this.open = open;
    this.campaigns = campaigns;
  }

  static EngagementState empty(SlidingWindows windows, MapState<String, long[]> campaigns) {
    return new EngagementState(windows, new OpenWindows(COUNTS), new Members(windows, campaigns));
  }

  /** Adds an event to the windows of its slide, from an open one on. */
  void count(EngagementEvent event, long from) throws Exception {
    long slide = windows.slideOf(event.time);
    long last = windows.lastWindow(slide);
    boolean scores = event.what != EngagementEvent.CLICK;
    for (long window = from; window <= last; window++) {
      long[] counts = open.getOrCreate(window).counts;
      if (event.what == EngagementEvent.IMPRESSION) {
        counts[IMPRESSIONS]++;
        counts[IMPRESSION_WEIGHT] += weight(event.time, window);
      } else if (event.what == EngagementEvent.CLICK) {
        counts[CLICKS]++;
      } else {
        counts[VALID_CLICK_WEIGHT] += weight(event.time, window);
      }
    }
    if (event.what != EngagementEvent.VALID_CLICK) {
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
    double halfLives = (windows.end(window) - time) / (windows.windowMillis / 2.0);
    return Math.round(1e6 * Math.pow(2, -halfLives));
  }

  /** Forgets the windows that were complete at this time. */
  void forgetUpTo(long time) {
    open.forgetBefore(windows.firstOpenWindow(time));
    campaigns.forgetBefore(windows.firstOpenWindow(time));
  }

  /** Forgets campaigns that have an entry of their own, and are in no window open at this time. */
  void forgetEntriesUpTo(long time) throws Exception {
    campaigns.forgetInMapBefore(windows.firstOpenWindow(time));
  }

  void clear() {
    campaigns.clear();
  }

  byte[] toBytes(DataOutputSerializer buffer) throws IOException {
    buffer.clear();
    StateFormat.write(buffer, windows);
    VarInts.writeSigned(expiry, buffer);
    open.write(buffer);
    campaigns.write(buffer, expiry);
    return buffer.getCopyOfBuffer();
  }

  /**
   * @return the state; an empty one when the bytes are of windows with other settings
   * @throws IOException when the bytes are of another format
   */
  static EngagementState of(
      byte[] bytes, SlidingWindows windows, MapState<String, long[]> campaignsMap)
      throws IOException {
    DataInputDeserializer in = new DataInputDeserializer(bytes);
    if (!StateFormat.read(in, windows)) {
      campaignsMap.clear();
      return empty(windows, campaignsMap);
    }
    long expiry = VarInts.readSigned(in);
    EngagementState state =
        new EngagementState(
            windows, OpenWindows.read(in, COUNTS), new Members(windows, campaignsMap));
    state.campaigns.read(in, expiry);
    state.expiry = expiry;
    return state;
  }
}
