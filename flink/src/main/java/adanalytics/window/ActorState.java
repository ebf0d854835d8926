package adanalytics.window;

import adanalytics.codec.VarInts;
import java.io.IOException;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/**
 * All that is kept of one actor, as one value: on RocksDB an event costs one read and one write,
 * whatever the windows it is in.
 */
final class ActorState {
  // Places of the counts, of short and of long windows.
  static final int IMPRESSIONS = 0;
  static final int CLICKS = 1;

  /** 1 once the window has a timer, because it is to be put out. */
  static final int HAS_TIMER = 2;

  // Of short windows only.
  static final int UNATTRIBUTED_CLICKS = 3;

  // Of long windows only.
  static final int USERS = 3;
  static final int GAPS = 4;

  final OpenWindows shortOpen;
  final OpenWindows longOpen;
  final PendingClicks pendingClicks;
  final Members users;

  /**
   * The long window at whose end this value is looked through; 0 before that has a timer. (Window 0
   * itself ends in 1970, and its actors are then looked through once more.)
   */
  long expiry;

  private final SlidingWindows shortWindows;
  private final SlidingWindows longWindows;

  private ActorState(
      SlidingWindows shortWindows,
      SlidingWindows longWindows,
      OpenWindows shortOpen,
      OpenWindows longOpen,
      PendingClicks pendingClicks,
      Members users) {
    this.shortWindows = shortWindows;
    this.longWindows = longWindows;
    this.shortOpen = shortOpen;
    this.longOpen = longOpen;
    this.pendingClicks = pendingClicks;
    this.users = users;
  }

  /** Of an actor that nothing is known of. */
  static ActorState empty(
      SlidingWindows shortWindows, SlidingWindows longWindows, MapState<String, long[]> users) {
    return new ActorState(
        shortWindows,
        longWindows,
        new OpenWindows(UNATTRIBUTED_CLICKS + 1),
        new OpenWindows(GAPS + ClickGaps.COUNTS),
        new PendingClicks(),
        new Members(longWindows, users));
  }

  /**
   * Takes the clicks up to this time, all of which have come, into the long windows that are not
   * complete before it.
   */
  void settleClicks(long upTo, long firstOpenWindow) {
    pendingClicks.takeUpTo(
        upTo,
        time -> {
          long slide = longWindows.slideOf(time);
          long last = longWindows.lastWindow(slide);
          for (long window = Math.max(longWindows.firstWindow(slide), firstOpenWindow);
              window <= last;
              window++) {
            ClickGaps.add(longOpen.getOrCreate(window).counts, GAPS, time);
          }
        });
  }

  /** Forgets what was complete at this time. */
  void forgetUpTo(long time) {
    settleClicks(time, longWindows.firstOpenWindow(time));
    shortOpen.forgetBefore(shortWindows.firstOpenWindow(time));
    longOpen.forgetBefore(longWindows.firstOpenWindow(time));
    users.forgetBefore(longWindows.firstOpenWindow(time));
  }

  /** The first long window at whose end all open windows will have ended; there must be one. */
  long lastNeeded() {
    long last = longOpen.isEmpty() ? Long.MIN_VALUE : longOpen.last();
    return shortOpen.isEmpty()
        ? last
        : Math.max(
            last, longWindows.firstOpenWindow(shortWindows.lastMoment(shortOpen.last()) - 1));
  }

  boolean isEmpty() {
    return shortOpen.isEmpty() && longOpen.isEmpty();
  }

  byte[] toBytes(DataOutputSerializer buffer) throws IOException {
    buffer.clear();
    StateFormat.write(buffer, shortWindows, longWindows);
    VarInts.writeSigned(expiry, buffer);
    shortOpen.write(buffer);
    longOpen.write(buffer);
    pendingClicks.write(buffer);
    users.write(buffer, expiry);
    return buffer.getCopyOfBuffer();
  }

  /**
   * @throws IOException when the bytes are of another format or of windows with other settings
   */
  static ActorState of(
      byte[] bytes,
      SlidingWindows shortWindows,
      SlidingWindows longWindows,
      MapState<String, long[]> usersMap)
      throws IOException {
    DataInputDeserializer in = new DataInputDeserializer(bytes);
    StateFormat.read(in, shortWindows, longWindows);
    long expiry = VarInts.readSigned(in);
    ActorState state =
        new ActorState(
            shortWindows,
            longWindows,
            OpenWindows.read(in, UNATTRIBUTED_CLICKS + 1),
            OpenWindows.read(in, GAPS + ClickGaps.COUNTS),
            PendingClicks.read(in),
            new Members(longWindows, usersMap));
    state.users.read(in, expiry);
    state.expiry = expiry;
    return state;
  }
}
