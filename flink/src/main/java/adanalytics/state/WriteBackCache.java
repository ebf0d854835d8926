package adanalytics.state;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.streaming.api.operators.KeyContext;

/**
 * The values of the keys used lately, on the heap, in front of a keyed state. A key that is busy is
 * read from the state once and written once a checkpoint, instead of at each event.
 *
 * <p>A changed value is written when it leaves the cache, and by {@link #writeBack} before each
 * snapshot. So every snapshot is complete, and a failure loses nothing: the job continues from the
 * snapshot.
 *
 * <p>It is made for the garbage collector. Values are bytes, one object per key: separate objects
 * would be many, live long, and then die. A value is overwritten in its place, and a use only sets
 * a mark: the collector has work with each reference that changes in an old object, and here none
 * does while keys stay. What leaves is chosen by the clock algorithm: the hand goes round the keys,
 * takes the mark from those that have it, and lets the first without one go.
 */
public final class WriteBackCache {
  /** Approximate heap use of a key besides its characters and the buffer of its value, in bytes. */
  static final int OVERHEAD_BYTES = 160;

  /** A value may grow by this fraction before it needs a new buffer. */
  private static final int SPARE_PART = 4;

  private static final class Entry {
    final String key;
    byte[] value;
    int length;
    int place;

    /** Whether it was asked for since the hand came by, other than when it came in. */
    boolean isUsed;

    boolean isChanged;

    /** Whether the state has a value of this key, maybe an older one. */
    boolean isStored;

    Entry(String key, byte[] value, boolean isStored) {
      this.key = key;
      this.value = value;
      this.length = value.length;
      this.isStored = isStored;
    }

    int heapBytes() {
      return OVERHEAD_BYTES + Character.BYTES * key.length() + value.length;
    }
  }

  private final long mostHeapBytes;
  private final KeyContext keys;
  private final ValueState<byte[]> state;
  private final HashMap<String, Entry> entries = new HashMap<>();

  /** All entries, for the hand of the clock; each knows its place. */
  private final ArrayList<Entry> ring = new ArrayList<>();

  private final DataInputDeserializer input = new DataInputDeserializer();
  private int hand;
  private long heapBytes;

  /**
   * @param mostHeapBytes about how many bytes of heap all values may take together
   * @param keys sets the current key of the state
   * @param state what the values come from, and go to
   */
  public WriteBackCache(long mostHeapBytes, KeyContext keys, ValueState<byte[]> state) {
    this.mostHeapBytes = mostHeapBytes;
    this.keys = keys;
    this.state = state;
  }

  /**
   * @param key the current key
   * @return its value, to be read before the next call of this cache; null when it has none
   */
  public DataInputView get(String key) throws Exception {
    return get(key, true);
  }

  /**
   * As {@link #get(String)}.
   *
   * @param mayBeStored false when the state is known to have no value of this key; RocksDB needs
   *     more time to find nothing than to find a value
   */
  public DataInputView get(String key, boolean mayBeStored) throws Exception {
    Entry entry = entries.get(key);
    if (entry == null && !mayBeStored) {
      return null;
    }
    if (entry == null) {
      byte[] value = state.value();
      if (value == null) {
        return null;
      }
      entry = new Entry(key, value, true);
      add(entry);
    } else {
      entry.isUsed = true;
    }
    input.setBuffer(entry.value, 0, entry.length);
    return input;
  }

  /**
   * Sets the value of a key. {@link #get} must have been asked for it before.
   *
   * @param key the current key
   * @param value that it has from now on; copied
   */
  public void put(String key, DataOutputSerializer value) throws Exception {
    Entry entry = entries.get(key);
    if (entry == null) {
      entry = new Entry(key, value.getCopyOfBuffer(), false);
      entry.isChanged = true;
      add(entry);
      return;
    }
    makeItFit(entry, value.length());
    System.arraycopy(value.getSharedBuffer(), 0, entry.value, 0, value.length());
    entry.length = value.length();
    entry.isChanged = true;
    makeRoom(entry);
  }

  /**
   * @param key the current key, which has no value from now on
   */
  public void remove(String key) {
    Entry entry = entries.get(key);
    if (entry != null) {
      drop(entry);
    }
    if (entry == null || entry.isStored) {
      state.clear();
    }
  }

  /** Writes all changed values. To be called before each snapshot; sets other current keys. */
  public void writeBack() throws Exception {
    for (Entry entry : ring) {
      write(entry);
    }
  }

  /** The buffer of a value is never too small, and never more than twice as large as needed. */
  private void makeItFit(Entry entry, int length) {
    int spare = length / SPARE_PART;
    if (entry.value.length >= length && entry.value.length <= 2 * (length + spare)) {
      return;
    }
    heapBytes -= entry.value.length;
    entry.value = new byte[length + spare];
    heapBytes += entry.value.length;
  }

  private void add(Entry entry) throws Exception {
    entries.put(entry.key, entry);
    entry.place = ring.size();
    ring.add(entry);
    heapBytes += entry.heapBytes();
    makeRoom(entry);
  }

  /** The last one of the ring takes its place. */
  private void drop(Entry entry) {
    entries.remove(entry.key);
    heapBytes -= entry.heapBytes();
    Entry last = ring.remove(ring.size() - 1);
    if (last != entry) {
      ring.set(entry.place, last);
      last.place = entry.place;
    }
  }

  /** Lets keys go that were not used lately, but never the current one. */
  private void makeRoom(Entry current) throws Exception {
    if (heapBytes <= mostHeapBytes) {
      return;
    }
    while (heapBytes > mostHeapBytes && ring.size() > 1) {
      hand = hand < ring.size() ? hand : 0;
      Entry entry = ring.get(hand);
      if (entry == current || entry.isUsed) {
        entry.isUsed = false;
        hand++;
      } else {
        write(entry);
        drop(entry);
      }
    }
    keys.setCurrentKey(current.key);
  }

  private void write(Entry entry) throws Exception {
    if (entry.isChanged) {
      keys.setCurrentKey(entry.key);
      state.update(Arrays.copyOf(entry.value, entry.length));
      entry.isChanged = false;
      entry.isStored = true;
    }
  }
}
