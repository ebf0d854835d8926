package adanalytics.window;

import adanalytics.codec.VarInts;
import java.io.IOException;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.function.LongConsumer;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Who or what was seen with an actor, so that its windows can count the distinct ones.
 *
 * <p>A few members are part of the actor's one value. More would make every event of the actor
 * rewrite all of them, which whoever sends made-up ids from one address could use to slow the job
 * down; they go into a map of their own, where an event costs one read and one write however many
 * there are.
 */
final class Members {
  /** Nearly every actor has fewer; a value with so many still has less than two KiB. */
  static final int MOST_IN_THE_VALUE = 32;

  static final long NO_WINDOW = Long.MIN_VALUE;

  private final SlidingWindows windows;
  private final MapState<String, long[]> map;
  private final Map<String, long[]> inTheValue = new HashMap<>();
  private boolean inTheMap;

  /**
   * @param windows of the count
   * @param map of the current key
   */
  Members(SlidingWindows windows, MapState<String, long[]> map) {
    this.windows = windows;
    this.map = map;
  }

  /**
   * @param member that is seen
   * @param slide in which
   * @param newlySeenIn is told each window that had not seen it yet
   */
  void see(String member, long slide, LongConsumer newlySeenIn) throws Exception {
    long[] before = inTheMap ? map.get(member) : inTheValue.get(member);
    long[] after =
        SeenSlides.with(before == null ? SeenSlides.NONE : before, slide, windows, newlySeenIn);
    if (after == before) {
      return;
    }
    if (inTheMap) {
      map.put(member, after);
      return;
    }
    inTheValue.put(member, after);
    if (inTheValue.size() > MOST_IN_THE_VALUE) {
      map.putAll(inTheValue);
      inTheValue.clear();
      inTheMap = true;
    }
  }

  /** Forgets who was seen in the value in no window from this one on. */
  void forgetBefore(long firstOpenWindow) {
    forgetBefore(firstOpenWindow, inTheValue.entrySet().iterator());
  }

  /** Likewise in the map, all of which it reads. */
  void forgetInMapBefore(long firstOpenWindow) throws Exception {
    if (inTheMap) {
      forgetBefore(firstOpenWindow, map.iterator());
    }
  }

  /** The last window in which any member was seen; {@link #NO_WINDOW} when there is none. */
  long lastWindow() throws Exception {
    long last = NO_WINDOW;
    for (Map.Entry<String, long[]> member : inTheMap ? map.entries() : inTheValue.entrySet()) {
      long[] seen = member.getValue();
      last = Math.max(last, windows.lastWindow(seen[seen.length - 1]));
    }
    return last;
  }

  void clear() {
    inTheValue.clear();
    if (inTheMap) {
      map.clear();
      inTheMap = false;
    }
  }

  private void forgetBefore(
      long firstOpenWindow, Iterator<? extends Map.Entry<String, long[]>> members) {
    while (members.hasNext()) {
      Map.Entry<String, long[]> member = members.next();
      long[] seen = member.getValue();
      if (windows.lastWindow(seen[seen.length - 1]) < firstOpenWindow) {
        members.remove();
      } else if (windows.lastWindow(seen[0]) < firstOpenWindow) {
        member.setValue(SeenSlides.since(seen, firstOpenWindow, windows));
      }
    }
  }

  /**
   * @param origin a slide near those of the members, the same for reading: makes the numbers small
   */
  void write(DataOutputView out, long origin) throws IOException {
    out.writeBoolean(inTheMap);
    if (inTheMap) {
      return;
    }
    VarInts.write(inTheValue.size(), out);
    for (Map.Entry<String, long[]> member : inTheValue.entrySet()) {
      out.writeUTF(member.getKey());
      VarInts.write(member.getValue().length, out);
      long last = origin;
      for (long slide : member.getValue()) {
        VarInts.writeSigned(slide - last, out);
        last = slide;
      }
    }
  }

  void read(DataInputView in, long origin) throws IOException {
    inTheMap = in.readBoolean();
    if (inTheMap) {
      return;
    }
    long members = VarInts.read(in);
    for (long i = 0; i < members; i++) {
      String member = in.readUTF();
      long[] seen = new long[(int) VarInts.read(in)];
      long last = origin;
      for (int j = 0; j < seen.length; j++) {
        last += VarInts.readSigned(in);
        seen[j] = last;
      }
      inTheValue.put(member, seen);
    }
  }
}
