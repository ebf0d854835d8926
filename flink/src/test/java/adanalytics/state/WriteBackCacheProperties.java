package adanalytics.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.streaming.api.operators.KeyContext;
import org.junit.jupiter.api.Test;

/** A cache in front of a map behaves like the map, and the map is complete after a write-back. */
class WriteBackCacheProperties {
  @Property
  void behavesLikeAMap(
      @ForAll long seed,
      @ForAll @IntRange(max = 300) int steps,
      @ForAll @IntRange(min = 1, max = 20) int numberOfKeys,
      @ForAll @IntRange(max = 3_000) int maxHeapBytes)
      throws Exception {
    Random random = new Random(seed);
    MapStore store = new MapStore();
    WriteBackCache cache = new WriteBackCache(maxHeapBytes, store, store);
    Map<String, Integer> expected = new HashMap<>();
    for (int step = 0; step < steps; step++) {
      String key = "k" + random.nextInt(numberOfKeys);
      store.setCurrentKey(key);
      assertThat(numberIn(cache.get(key))).isEqualTo(expected.get(key));
      switch (random.nextInt(4)) {
        case 0:
          cache.remove(key);
          expected.remove(key);
          break;
        case 1:
          break;
        default:
          cache.put(key, output(step, random.nextInt(40)));
          expected.put(key, step);
      }
      assertThat(store.current).isEqualTo(key);
      if (random.nextInt(20) == 0) {
        cache.writeBack();
        assertThat(store.stored).isEqualTo(expected);
      }
      if (random.nextInt(40) == 0) {
        // A failure after a snapshot: the content of the heap is lost.
        cache.writeBack();
        cache = new WriteBackCache(maxHeapBytes, store, store);
      }
    }
    cache.writeBack();
    assertThat(store.stored).isEqualTo(expected);
  }

  @Property(tries = 50)
  void aBusyKeyIsReadOnceAndWrittenOnce(@ForAll @IntRange(min = 1, max = 100) int changes)
      throws Exception {
    MapStore store = new MapStore();
    store.stored.put("busy", 0);
    WriteBackCache cache = new WriteBackCache(1_000, store, store);
    store.setCurrentKey("busy");
    for (int i = 0; i < changes; i++) {
      cache.put("busy", output(numberIn(cache.get("busy")) + 1, 0));
    }
    cache.writeBack();
    cache.writeBack();

    assertThat(store.stored).containsEntry("busy", changes);
    assertThat(store.reads).isEqualTo(1);
    assertThat(store.writes).isEqualTo(1);
  }

  @Property(tries = 50)
  void aWriteBackWritesOnlyWhatChangedSinceTheLast(
      @ForAll @IntRange(min = 1, max = 100) int keys,
      @ForAll @IntRange(max = 100) int changes,
      @ForAll long seed)
      throws Exception {
    MapStore store = new MapStore();
    WriteBackCache cache = new WriteBackCache(1_000_000, store, store);
    for (int i = 0; i < keys; i++) {
      change(cache, store, "k" + i);
    }
    cache.writeBack();
    store.writes = 0;
    Random random = new Random(seed);
    Set<String> changed = new HashSet<>();
    for (int i = 0; i < changes; i++) {
      String key = "k" + random.nextInt(keys);
      change(cache, store, key);
      changed.add(key);
    }
    cache.writeBack();

    assertThat(store.writes).isEqualTo(changed.size());
  }

  private static void change(WriteBackCache cache, MapStore store, String key) throws Exception {
    store.setCurrentKey(key);
    cache.get(key);
    cache.put(key, output(1, 0));
  }

  /** A key without a value is not looked up in the state, unless it may have been stored. */
  @Test
  void theStateIsReadOnlyForKeysThatItMayHave() throws Exception {
    MapStore store = new MapStore();
    RecentIds stored = new RecentIds(1_000);
    stored.add("known", 500, 0);
    WriteBackCache cache = new WriteBackCache(1_000, store, store);
    for (String key : List.of("known", "unknown")) {
      store.setCurrentKey(key);
      assertThat(cache.get(key, stored)).isNull();
    }

    assertThat(store.reads).isEqualTo(1);
  }

  @Property(tries = 50)
  void theHeapIsBounded(@ForAll @IntRange(min = 1, max = 500) int keys) throws Exception {
    MapStore store = new MapStore();
    int bytesOfAKey = WriteBackCache.OVERHEAD_BYTES + 2 * "k000".length() + 4;
    WriteBackCache cache = new WriteBackCache(10 * bytesOfAKey, store, store);
    for (int i = 0; i < keys; i++) {
      String key = String.format("k%03d", i);
      store.setCurrentKey(key);
      assertThat(cache.get(key)).isNull();
      cache.put(key, output(i, 0));
    }

    assertThat(store.stored).hasSize(Math.max(0, keys - 10));
  }

  /** Keys that are used often stay in the cache, however many other keys are used. */
  @Property(tries = 50)
  void aBusyKeyStaysWhileOthersComeAndGo(@ForAll @IntRange(min = 20, max = 500) int others)
      throws Exception {
    MapStore store = new MapStore();
    int bytesOfAKey = WriteBackCache.OVERHEAD_BYTES + 2 * "k000".length() + 4;
    WriteBackCache cache = new WriteBackCache(10 * bytesOfAKey, store, store);
    for (int i = 0; i < others; i++) {
      for (String key : List.of("busy", String.format("k%03d", i))) {
        store.setCurrentKey(key);
        cache.get(key);
        cache.put(key, output(i, 0));
      }
    }

    assertThat(store.stored).doesNotContainKey("busy").hasSizeGreaterThan(others - 11);
  }

  private static byte[] bytesOf(int number) {
    return ByteBuffer.allocate(Integer.BYTES).putInt(number).array();
  }

  /** A number, followed by that many bytes that are derived from it. */
  private static DataOutputSerializer output(int number, int more) throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(1);
    out.writeInt(number);
    for (int i = 0; i < more; i++) {
      out.writeByte(number);
    }
    return out;
  }

  private static Integer numberIn(DataInputView value) throws IOException {
    if (value == null) {
      return null;
    }
    int number = value.readInt();
    int more = ((DataInputDeserializer) value).available();
    for (int i = 0; i < more; i++) {
      assertThat(value.readByte()).isEqualTo((byte) number);
    }
    return number;
  }

  private static final class MapStore implements KeyContext, ValueState<byte[]> {
    final Map<String, Integer> stored = new HashMap<>();
    String current;
    int reads;
    int writes;

    @Override
    public void setCurrentKey(Object key) {
      current = (String) key;
    }

    @Override
    public Object getCurrentKey() {
      return current;
    }

    @Override
    public byte[] value() {
      reads++;
      return stored.containsKey(current) ? bytesOf(stored.get(current)) : null;
    }

    @Override
    public void update(byte[] value) {
      writes++;
      try {
        stored.put(current, numberIn(new DataInputDeserializer(value)));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void clear() {
      stored.remove(current);
    }
  }
}
