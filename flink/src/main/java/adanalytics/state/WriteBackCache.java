package adanalytics.state;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.flink.streaming.api.operators.KeyContext;

/**
 * The values of the keys seen last, as objects on the heap, in front of a keyed state. A key that
 * is busy is read from the state once and written once a checkpoint, instead of at each event.
 *
 * <p>A changed value is written when it leaves the cache, and by {@link #writeBack} before each
 * snapshot; so every snapshot is complete, and a failure loses nothing: the job goes on from the
 * snapshot.
 *
 * @param <V> value of a key; it can be changed in place, see {@link #changed}
 */
public final class WriteBackCache<V> {
  /**
   * The keyed state behind the cache. Each method is about the key that is current.
   *
   * @param <V> value of a key
   */
  public interface Store<V> {
    /** Returns the value, or null when there is none. */
    V read() throws Exception;

    void write(V value) throws Exception;

    void clear() throws Exception;

    /** Returns about how many bytes of heap a value takes. */
    int heapBytes(V value);
  }

  private static final class Entry<V> {
    final V value;
    boolean isChanged;

    /** Whether the state has a value of this key, maybe an older one. */
    boolean isStored;

    int heapBytes;

    Entry(V value) {
      this.value = value;
    }
  }

  private final long mostHeapBytes;
  private final KeyContext keys;
  private final Store<V> store;

  /** The key that was used last is the last one. */
  private final LinkedHashMap<String, Entry<V>> entries = new LinkedHashMap<>(64, 0.75f, true);

  private long heapBytes;

  /**
   * @param mostHeapBytes about how many bytes of heap all values may take together
   * @param keys sets the current key of the store
   * @param store what the values come from, and go to
   */
  public WriteBackCache(long mostHeapBytes, KeyContext keys, Store<V> store) {
    this.mostHeapBytes = mostHeapBytes;
    this.keys = keys;
    this.store = store;
  }

  /**
   * @param key the current key
   * @return its value; null when it has none
   */
  public V get(String key) throws Exception {
    Entry<V> entry = entries.get(key);
    if (entry != null) {
      return entry.value;
    }
    V value = store.read();
    if (value != null) {
      add(key, value).isStored = true;
      makeRoom(key);
    }
    return value;
  }

  /**
   * @param key the current key
   * @param value that it has from now on: one from {@link #get} that was changed in place, or a new
   *     one after {@link #get} has returned null
   */
  public void changed(String key, V value) throws Exception {
    Entry<V> entry = entries.get(key);
    if (entry == null) {
      entry = add(key, value);
    } else {
      weigh(entry);
    }
    entry.isChanged = true;
    makeRoom(key);
  }

  /**
   * @param key the current key, which has no value from now on
   */
  public void remove(String key) throws Exception {
    Entry<V> entry = entries.get(key);
    if (entry == null || entry.isStored) {
      store.clear();
    }
    forget(key);
  }

  /** Writes all changed values. To be called before each snapshot; sets other current keys. */
  public void writeBack() throws Exception {
    for (Map.Entry<String, Entry<V>> entry : entries.entrySet()) {
      write(entry.getKey(), entry.getValue());
    }
  }

  private Entry<V> add(String key, V value) {
    Entry<V> entry = new Entry<>(value);
    entries.put(key, entry);
    weigh(entry);
    return entry;
  }

  private void weigh(Entry<V> entry) {
    int now = store.heapBytes(entry.value);
    heapBytes += now - entry.heapBytes;
    entry.heapBytes = now;
  }

  private void forget(String key) {
    Entry<V> entry = entries.remove(key);
    if (entry != null) {
      heapBytes -= entry.heapBytes;
    }
  }

  /** Lets the keys that were used least recently go, but never the current one. */
  private void makeRoom(String currentKey) throws Exception {
    if (heapBytes <= mostHeapBytes) {
      return;
    }
    Iterator<Map.Entry<String, Entry<V>>> oldest = entries.entrySet().iterator();
    while (heapBytes > mostHeapBytes && entries.size() > 1) {
      Map.Entry<String, Entry<V>> entry = oldest.next();
      write(entry.getKey(), entry.getValue());
      heapBytes -= entry.getValue().heapBytes;
      oldest.remove();
    }
    keys.setCurrentKey(currentKey);
  }

  private void write(String key, Entry<V> entry) throws Exception {
    if (entry.isChanged) {
      keys.setCurrentKey(key);
      store.write(entry.value);
      entry.isChanged = false;
      entry.isStored = true;
    }
  }
}
