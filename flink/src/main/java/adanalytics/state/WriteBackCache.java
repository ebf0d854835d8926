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
 * A cache on the heap in front of a keyed state, with the values of recently used keys. A busy key
 * is read from the state once and written once per checkpoint, instead of at each event.
 *
 * <p>A changed value is written when it is evicted, and by {@link #writeBack} before each snapshot.
 * So every snapshot is complete, and a failure loses no data: the job continues from the snapshot.
 *
 * <p>The design reduces garbage collection. Values are byte arrays, one object per key, instead of
 * many long-lived objects. A value is overwritten in place, and a use only sets a flag: the
 * collector has work for each reference that changes in an old object. While keys stay in the
 * cache, only the first change of a key after a checkpoint changes a reference. The clock algorithm
 * selects the key to evict: a hand moves around the keys, clears the flags, and evicts the first
 * key without a flag.
 */
public final class WriteBackCache {
  /** Approximate heap use of a key in bytes, without its characters and the buffer of its value. */
  static final int OVERHEAD_BYTES = 176;

  /** A value may grow by this fraction before it needs a new buffer. */
  private static final int SPARE_PART = 4;

  private static final class Entry {
    final String key;
    byte[] value;
    int length;
    int place;

    /** Position in the list of changed entries, if it is changed. */
    int placeInChanged;

    /** Whether it was used after its insertion, since the hand passed. */
    boolean isUsed;

    boolean isChanged;

    /** Whether the state has a value of this key, possibly an older one. */
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

  private final long maxHeapBytes;
  private final KeyContext keys;
  private final ValueState<byte[]> state;
  private final HashMap<String, Entry> entries = new HashMap<>();

  /** All entries, for the hand of the clock algorithm; each stores its position. */
  private final ArrayList<Entry> ring = new ArrayList<>();

  /**
   * The changed entries, in any order. A write-back reads only these: most entries have not changed
   * since the last one, and each is far from the next in memory.
   */
  private final ArrayList<Entry> changed = new ArrayList<>();

  private final DataInputDeserializer input = new DataInputDeserializer();
  private int hand;
  private long heapBytes;

  /**
   * @param maxHeapBytes approximate limit for the heap use of all values, in bytes
   * @param keys sets the current key of the state
   * @param state the state behind the cache
   */
  public WriteBackCache(long maxHeapBytes, KeyContext keys, ValueState<byte[]> state) {
    this.maxHeapBytes = maxHeapBytes;
    this.keys = keys;
    this.state = state;
  }

  /**
   * @param key the current key
   * @return its value, valid until the next call of this cache; null when it has none
   */
  public DataInputView get(String key) throws Exception {
    return get(key, null);
  }

  /**
   * As {@link #get(String)}.
   *
   * @param stored the keys that may have a value in the state; null when all may have one. For
   *     another key the state is not read: RocksDB needs more time to find nothing than to find a
   *     value
   */
  public DataInputView get(String key, RecentIds stored) throws Exception {
    Entry entry = entries.get(key);
    if (entry == null) {
      if (stored != null && !stored.mayContain(key)) {
        return null;
      }
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
   * Sets the value of a key. {@link #get} must have been called for it before.
   *
   * @param key the current key
   * @param value the new value; copied
   */
  public void put(String key, DataOutputSerializer value) throws Exception {
    Entry entry = entries.get(key);
    if (entry == null) {
      entry = new Entry(key, value.getCopyOfBuffer(), false);
      markChanged(entry);
      add(entry);
      return;
    }
    makeItFit(entry, value.length());
    System.arraycopy(value.getSharedBuffer(), 0, entry.value, 0, value.length());
    entry.length = value.length();
    markChanged(entry);
    makeRoom(entry);
  }

  /**
   * @param key the current key, whose value is removed
   */
  public void remove(String key) {
    Entry entry = entries.get(key);
    if (entry != null) {
      if (entry.isChanged) {
        unmarkChanged(entry);
      }
      drop(entry);
    }
    if (entry == null || entry.isStored) {
      state.clear();
    }
  }

  /** Writes all changed values. Must be called before each snapshot; changes the current key. */
  public void writeBack() throws Exception {
    for (Entry entry : changed) {
      write(entry);
    }
    changed.clear();
  }

  private void markChanged(Entry entry) {
    if (!entry.isChanged) {
      entry.isChanged = true;
      entry.placeInChanged = changed.size();
      changed.add(entry);
    }
  }

  /** The last entry of the list moves to its position. */
  private void unmarkChanged(Entry entry) {
    Entry last = changed.remove(changed.size() - 1);
    if (last != entry) {
      changed.set(entry.placeInChanged, last);
      last.placeInChanged = entry.placeInChanged;
    }
    entry.isChanged = false;
  }

  /** The buffer of a value is large enough, and at most twice as large as needed. */
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

  /** The last entry of the ring moves to its position. */
  private void drop(Entry entry) {
    entries.remove(entry.key);
    heapBytes -= entry.heapBytes();
    Entry last = ring.remove(ring.size() - 1);
    if (last != entry) {
      ring.set(entry.place, last);
      last.place = entry.place;
    }
  }

  /** Evicts keys that were not used recently, but never the current one. */
  private void makeRoom(Entry current) throws Exception {
    if (heapBytes <= maxHeapBytes) {
      return;
    }
    while (heapBytes > maxHeapBytes && ring.size() > 1) {
      hand = hand < ring.size() ? hand : 0;
      Entry entry = ring.get(hand);
      if (entry == current || entry.isUsed) {
        entry.isUsed = false;
        hand++;
      } else {
        if (entry.isChanged) {
          unmarkChanged(entry);
          write(entry);
        }
        drop(entry);
      }
    }
    keys.setCurrentKey(current.key);
  }

  private void write(Entry entry) throws Exception {
    keys.setCurrentKey(entry.key);
    state.update(Arrays.copyOf(entry.value, entry.length));
    entry.isChanged = false;
    entry.isStored = true;
  }
}
