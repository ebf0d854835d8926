package adanalytics.state;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.streaming.api.operators.KeyContext;

/**
 * The values of the keys used last, on the heap, in front of a keyed state. A key that is busy is
 * read from the state once and written once a checkpoint, instead of at each event.
 *
 * <p>A changed value is written when it leaves the cache, and by {@link #writeBack} before each
 * snapshot. So every snapshot is complete, and a failure loses nothing: the job goes on from the
 * snapshot.
 *
 * <p>Values are bytes, one object a key. As objects of their own they would be many, live long, and
 * then die: what a garbage collector is worst at.
 */
public final class WriteBackCache {
  /** About what a key takes beside its characters and its value, in bytes of heap. */
  static final int OVERHEAD_BYTES = 160;

  private static final class Entry {
    byte[] value;
    boolean isChanged;

    /** Whether the state has a value of this key, maybe an older one. */
    boolean isStored;

    Entry(byte[] value, boolean isStored) {
      this.value = value;
      this.isStored = isStored;
      isChanged = !isStored;
    }
  }

  private final long mostHeapBytes;
  private final KeyContext keys;
  private final ValueState<byte[]> state;

  /** The key that was used last is the last one. */
  private final LinkedHashMap<String, Entry> entries = new LinkedHashMap<>(64, 0.75f, true);

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
   * @return its value, not to be changed; null when it has none
   */
  public byte[] get(String key) throws Exception {
    Entry entry = entries.get(key);
    if (entry != null) {
      return entry.value;
    }
    byte[] value = state.value();
    if (value != null) {
      add(key, new Entry(value, true));
    }
    return value;
  }

  /**
   * Sets the value of a key. {@link #get} must have been asked for it before.
   *
   * @param key the current key
   * @param value that it has from now on
   */
  public void put(String key, byte[] value) throws Exception {
    Entry entry = entries.get(key);
    if (entry == null) {
      add(key, new Entry(value, false));
      return;
    }
    heapBytes += value.length - entry.value.length;
    entry.value = value;
    entry.isChanged = true;
    makeRoom(key);
  }

  /**
   * @param key the current key, which has no value from now on
   */
  public void remove(String key) {
    Entry entry = entries.remove(key);
    if (entry != null) {
      heapBytes -= heapBytes(key, entry);
    }
    if (entry == null || entry.isStored) {
      state.clear();
    }
  }

  /** Writes all changed values. To be called before each snapshot; sets other current keys. */
  public void writeBack() throws Exception {
    for (Map.Entry<String, Entry> entry : entries.entrySet()) {
      write(entry.getKey(), entry.getValue());
    }
  }

  private void add(String key, Entry entry) throws Exception {
    entries.put(key, entry);
    heapBytes += heapBytes(key, entry);
    makeRoom(key);
  }

  /** Lets the keys that were used least recently go, but never the current one. */
  private void makeRoom(String currentKey) throws Exception {
    if (heapBytes <= mostHeapBytes) {
      return;
    }
    Iterator<Map.Entry<String, Entry>> oldest = entries.entrySet().iterator();
    while (heapBytes > mostHeapBytes && entries.size() > 1) {
      Map.Entry<String, Entry> entry = oldest.next();
      write(entry.getKey(), entry.getValue());
      heapBytes -= heapBytes(entry.getKey(), entry.getValue());
      oldest.remove();
    }
    keys.setCurrentKey(currentKey);
  }

  private void write(String key, Entry entry) throws Exception {
    if (entry.isChanged) {
      keys.setCurrentKey(key);
      state.update(entry.value);
      entry.isChanged = false;
      entry.isStored = true;
    }
  }

  private static int heapBytes(String key, Entry entry) {
    return OVERHEAD_BYTES + Character.BYTES * key.length() + entry.value.length;
  }
}
