package adanalytics.window;

import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;

/** The totals of one key in one tumbling window, once the window is complete. */
public class WindowTotals {
  // Positions of the counts. Events of known bots are also impressions and clicks.
  public static final int IMPRESSIONS = 0;

  /** In settled windows: attributed clicks. */
  public static final int CLICKS = 1;

  public static final int COST_MICROS = 2;

  /** Distinct users of a key. */
  public static final int USERS = 3;

  /** Only in settled windows. */
  public static final int VALID_CLICKS = 3;

  static final int COUNTS = 4;

  /** Dimension and id, for example {@code campaign:c1}. */
  public String key;

  /** Milliseconds since the epoch; inclusive. */
  public long windowStart;

  /** Milliseconds since the epoch; exclusive. */
  public long windowEnd;

  /** The sums of {@link WindowDelta#counts}. */
  public long[] counts;

  public WindowTotals() {}

  WindowTotals(String key, long windowStart, long windowEnd, long... counts) {
    this.key = key;
    this.windowStart = windowStart;
    this.windowEnd = windowEnd;
    this.counts = counts;
  }

  /** The dimension without the id, for example {@code campaign}. */
  public String type() {
    return key.substring(0, key.indexOf(':'));
  }

  /** The id: the part of the key after the first colon. */
  public String id() {
    return key.substring(key.indexOf(':') + 1);
  }

  /** Adds counts to the counts that begin at a position of an array. */
  static void add(long[] counts, long[] to, int at) {
    for (int i = 0; i < counts.length; i++) {
      to[at + i] += counts[i];
    }
  }

  static TypeInformation<WindowTotals> typeInformation() {
    return Types.POJO(WindowTotals.class);
  }
}
