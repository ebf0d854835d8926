package adanalytics.attribution;

import static org.assertj.core.api.Assertions.assertThat;

import adanalytics.event.Click;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.flink.api.common.state.MapState;
import org.junit.jupiter.api.Test;

/** Tests the cost of the clicks of one impression_id: the number of clicks written to the state. */
class PendingClickStoreTest {
  private final CountingState state = new CountingState();
  private final PendingClickStore store = new PendingClickStore(state);

  /** An ad server leaves a macro in the id: 8,000 clicks on one id within 5 s. */
  @Test
  void manyClicksOnOneIdCostAtMostTwiceAsMuchAsClicksOnManyIds() throws Exception {
    int clicks = 8_000;
    for (int i = 0; i < clicks; i++) {
      store.add(click(i, i * 5_000L / clicks));
    }

    assertThat(state.clicksWritten).isLessThanOrEqualTo(2 * clicks);
  }

  @Test
  void clicksOfOneMillisecondDoNotRewriteAllOthers() throws Exception {
    int clicks = 8_000;
    for (int i = 0; i < clicks; i++) {
      store.add(click(i, 0));
    }

    assertThat(state.clicksWritten).isLessThan(clicks * PendingClickStore.MAX_PER_ENTRY);
    assertThat(ids(store.take(0))).hasSize(clicks).doesNotHaveDuplicates();
    assertThat(state.stored).isEmpty();
  }

  /** A sender can choose ids whose hash code is the same. */
  @Test
  void idsWithEqualHashCodesDoNotShareAnEntry() throws Exception {
    int clicks = 4_096;
    for (int i = 0; i < clicks; i++) {
      Click click = click(i, 0);
      click.clickId = Integer.toBinaryString(clicks + i).replace("0", "Aa").replace("1", "BB");
      store.add(click);
    }

    assertThat(state.clicksWritten).isLessThan(clicks * PendingClickStore.MAX_PER_ENTRY);
    assertThat(ids(store.take(0))).hasSize(clicks).doesNotHaveDuplicates();
  }

  @Test
  void theStateIsAskedOnlyForMillisecondsThatHaveClicks() throws Exception {
    store.add(click(1, 7));
    store.add(click(2, 7));
    state.reads = 0;

    assertThat(store.take(6)).isEmpty();
    assertThat(store.take(8)).isEmpty();
    assertThat(state.reads).isZero();
    assertThat(ids(store.take(7))).containsExactly("click-1", "click-2");
    state.reads = 0;
    assertThat(store.take(7)).isEmpty();
    assertThat(state.reads).isZero();
  }

  @Test
  void clicksThatWereRestoredAreFound() throws Exception {
    store.add(click(1, 7));
    store.add(click(2, 9));
    PendingClickStore restored = new PendingClickStore(state);
    restored.restore(state);

    assertThat(ids(restored.take(7))).containsExactly("click-1");
    assertThat(ids(restored.take(9))).containsExactly("click-2");
  }

  private static Click click(int number, long eventTime) {
    Click click = new Click();
    click.clickId = "click-" + number;
    click.eventTime = eventTime;
    return click;
  }

  private static List<String> ids(List<Click> clicks) {
    return clicks.stream().map(click -> click.clickId).collect(Collectors.toList());
  }

  /** Like RocksDB, it copies the whole value that is put. */
  private static final class CountingState implements MapState<Long, List<Click>> {
    final Map<Long, List<Click>> stored = new HashMap<>();
    long clicksWritten;
    int reads;

    @Override
    public List<Click> get(Long key) {
      reads++;
      return stored.containsKey(key) ? new ArrayList<>(stored.get(key)) : null;
    }

    @Override
    public void put(Long key, List<Click> value) {
      clicksWritten += value.size();
      stored.put(key, new ArrayList<>(value));
    }

    @Override
    public void remove(Long key) {
      stored.remove(key);
    }

    @Override
    public Iterable<List<Click>> values() {
      return stored.values();
    }

    @Override
    public void putAll(Map<Long, List<Click>> map) {
      map.forEach(this::put);
    }

    @Override
    public boolean contains(Long key) {
      return stored.containsKey(key);
    }

    @Override
    public Iterable<Map.Entry<Long, List<Click>>> entries() {
      return stored.entrySet();
    }

    @Override
    public Iterable<Long> keys() {
      return stored.keySet();
    }

    @Override
    public Iterator<Map.Entry<Long, List<Click>>> iterator() {
      return stored.entrySet().iterator();
    }

    @Override
    public boolean isEmpty() {
      return stored.isEmpty();
    }

    @Override
    public void clear() {
      stored.clear();
    }
  }
}
