package adanalytics.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.apache.flink.streaming.api.operators.KeyContext;

/** A cache in front of a map is that map, and the map is complete once all is written back. */
class WriteBackCacheProperties {
  private static final int BYTES_OF_A_VALUE = 10;

  @Property
  void theValuesAreThoseOfAMap(
      @ForAll long seed,
      @ForAll @IntRange(max = 300) int steps,
      @ForAll @IntRange(min = 1, max = 20) int numberOfKeys,
      @ForAll @IntRange(max = 150) int mostHeapBytes)
      throws Exception {
    Random random = new Random(seed);
    MapStore store = new MapStore();
    WriteBackCache<int[]> cache = new WriteBackCache<>(mostHeapBytes, store, store);
    Map<String, Integer> expected = new HashMap<>();
    for (int step = 0; step < steps; step++) {
      String key = "k" + random.nextInt(numberOfKeys);
      store.setCurrentKey(key);
      int[] value = cache.get(key);
      assertThat(value == null ? null : Integer.valueOf(value[0])).isEqualTo(expected.get(key));
      switch (random.nextInt(4)) {
        case 0:
          cache.remove(key);
          expected.remove(key);
          break;
        case 1:
          break;
        default:
          int[] changed = value == null ? new int[1] : value;
          changed[0] = step;
          cache.changed(key, changed);
          expected.put(key, step);
      }
      assertThat(store.current).isEqualTo(key);
      if (random.nextInt(20) == 0) {
        cache.writeBack();
        assertThat(store.stored).isEqualTo(expected);
      }
      if (random.nextInt(40) == 0) {
        // A failure: what is on the heap is gone, after a snapshot.
        cache.writeBack();
        cache = new WriteBackCache<>(mostHeapBytes, store, store);
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
    WriteBackCache<int[]> cache = new WriteBackCache<>(1_000, store, store);
    store.setCurrentKey("busy");
    for (int i = 0; i < changes; i++) {
      int[] value = cache.get("busy");
      value[0]++;
      cache.changed("busy", value);
    }
    cache.writeBack();
    cache.writeBack();

    assertThat(store.stored).containsEntry("busy", changes);
    assertThat(store.reads).isEqualTo(1);
    assertThat(store.writes).isEqualTo(1);
  }

  @Property(tries = 50)
  void theHeapIsBounded(@ForAll @IntRange(min = 1, max = 500) int keys) throws Exception {
    MapStore store = new MapStore();
    WriteBackCache<int[]> cache = new WriteBackCache<>(10 * BYTES_OF_A_VALUE, store, store);
    for (int i = 0; i < keys; i++) {
      store.setCurrentKey("k" + i);
      assertThat(cache.get("k" + i)).isNull();
      cache.changed("k" + i, new int[] {i});
    }

    assertThat(store.stored).hasSize(Math.max(0, keys - 10));
  }

  private static final class MapStore implements KeyContext, WriteBackCache.Store<int[]> {
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
    public int[] read() {
      reads++;
      return stored.containsKey(current) ? new int[] {stored.get(current)} : null;
    }

    @Override
    public void write(int[] value) {
      writes++;
      stored.put(current, value[0]);
    }

    @Override
    public void clear() {
      stored.remove(current);
    }

    @Override
    public int heapBytes(int[] value) {
      return BYTES_OF_A_VALUE;
    }
  }
}
