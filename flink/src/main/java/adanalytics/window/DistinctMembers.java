package adanalytics.window;

import adanalytics.codec.VarInts;
import java.io.IOException;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Map;
import java.util.function.LongConsumer;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * The distinct users of an address, or the distinct campaigns of a user, for the counts of windows.
 *
 * <p>The first members are part of the actor's value. If all were, every event would rewrite all of
 * them, and a client that sends invented ids from one address could slow down the job. So further
 * members are entries of a separate map, where an event costs one read and one write.
 */
final class DistinctMembers {
  /** Nearly every actor has fewer; a value with this many members is smaller than two KiB. */
  static final int MAX_IN_THE_VALUE = 32;

  static final long NO_WINDOW = Long.MIN_VALUE;

  private static final String[] NO_MEMBERS = {};
  private static final long[][] NO_SLIDES = {};

  private final SlidingWindows windows;
  private final MapState<String, long[]> map;

  /** The members in the value, in any order; only the first {@link #size} elements are used. */
  private String[] members = NO_MEMBERS;

  /** The slides in which each of them was seen. */
  private long[][] seen = NO_SLIDES;

  private int size;
  private boolean inTheMap;

  /**
   * @param windows for which members are counted
   * @param map of the current key
   */
  DistinctMembers(SlidingWindows windows, MapState<String, long[]> map) {
    this.windows = windows;
    this.map = map;
  }

  /**
   * @param member of the event
   * @param slide of the event
   * @param newlySeenIn is called with each window in which the member is new
   */
  void see(String member, long slide, LongConsumer newlySeenIn) throws Exception {
    if (inTheMap) {
      seeInTheMap(member, slide, newlySeenIn);
      return;
    }
    int place = place(member);
    if (place < size) {
      seen[place] = SeenSlides.with(seen[place], slide, windows, newlySeenIn);
      return;
    }
    add(member, SeenSlides.with(SeenSlides.NONE, slide, windows, newlySeenIn));
    if (size > MAX_IN_THE_VALUE) {
      for (int i = 0; i < size; i++) {
        map.put(members[i], seen[i]);
      }
      clearValue();
      inTheMap = true;
    }
  }

  private void seeInTheMap(String member, long slide, LongConsumer newlySeenIn) throws Exception {
    long[] before = map.get(member);
    long[] after =
        SeenSlides.with(before == null ? SeenSlides.NONE : before, slide, windows, newlySeenIn);
    if (after != before) {
      map.put(member, after);
    }
  }

  private int place(String member) {
    int place = 0;
    while (place < size && !members[place].equals(member)) {
      place++;
    }
    return place;
  }

  private void add(String member, long[] slides) {
    if (size == members.length) {
      int capacity = size + size / 2 + 2;
      members = Arrays.copyOf(members, capacity);
      seen = Arrays.copyOf(seen, capacity);
    }
    members[size] = member;
    seen[size] = slides;
    size++;
  }

  /** Removes the members in the value that do not occur in this window or a later one. */
  void forgetBefore(long firstOpenWindow) {
    int kept = 0;
    for (int i = 0; i < size; i++) {
      if (!isForgotten(seen[i], firstOpenWindow)) {
        members[kept] = members[i];
        seen[kept] = SeenSlides.since(seen[i], firstOpenWindow, windows);
        kept++;
      }
    }
    Arrays.fill(members, kept, size, null);
    Arrays.fill(seen, kept, size, null);
    size = kept;
  }

  /** The same for the map; reads all entries. */
  void forgetInMapBefore(long firstOpenWindow) throws Exception {
    if (!inTheMap) {
      return;
    }
    for (Iterator<Map.Entry<String, long[]>> entries = map.iterator(); entries.hasNext(); ) {
      Map.Entry<String, long[]> entry = entries.next();
      if (isForgotten(entry.getValue(), firstOpenWindow)) {
        entries.remove();
      } else if (windows.lastWindow(entry.getValue()[0]) < firstOpenWindow) {
        entry.setValue(SeenSlides.since(entry.getValue(), firstOpenWindow, windows));
      }
    }
  }

  private boolean isForgotten(long[] slides, long firstOpenWindow) {
    return lastWindow(slides) < firstOpenWindow;
  }

  private long lastWindow(long[] slides) {
    return windows.lastWindow(slides[slides.length - 1]);
  }

  /** The last window in which any member was seen; {@link #NO_WINDOW} if none exists. */
  long lastWindow() throws Exception {
    long last = NO_WINDOW;
    for (int i = 0; i < size; i++) {
      last = Math.max(last, lastWindow(seen[i]));
    }
    if (inTheMap) {
      for (long[] slides : map.values()) {
        last = Math.max(last, lastWindow(slides));
      }
    }
    return last;
  }

  private void clearValue() {
    members = NO_MEMBERS;
    seen = NO_SLIDES;
    size = 0;
  }

  void clear() {
    clearValue();
    if (inTheMap) {
      map.clear();
      inTheMap = false;
    }
  }

  /**
   * @param origin a slide near those of the members, so that the stored numbers are small; the same
   *     for reading and writing
   */
  void write(DataOutputView out, long origin) throws IOException {
    out.writeBoolean(inTheMap);
    if (inTheMap) {
      return;
    }
    VarInts.write(size, out);
    for (int i = 0; i < size; i++) {
      out.writeUTF(members[i]);
      VarInts.write(seen[i].length, out);
      long last = origin;
      for (long slide : seen[i]) {
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
    int number = (int) VarInts.read(in);
    members = new String[number];
    seen = new long[number][];
    for (int i = 0; i < number; i++) {
      String member = in.readUTF();
      long[] slides = new long[(int) VarInts.read(in)];
      long last = origin;
      for (int j = 0; j < slides.length; j++) {
        last += VarInts.readSigned(in);
        slides[j] = last;
      }
      add(member, slides);
    }
  }
}
