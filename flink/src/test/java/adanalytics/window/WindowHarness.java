package adanalytics.window;

import adanalytics.state.CachingFunction;
import adanalytics.state.TimerGroupFunction;
import adanalytics.state.TimerGroupOperator;
import adanalytics.state.Timers;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.contrib.streaming.state.EmbeddedRocksDBStateBackend;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.KeyedStateBackend;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.util.OutputTag;

/** A test harness for an operator with windows, with its state on RocksDB, and its output. */
final class WindowHarness<I, O> implements AutoCloseable {
  private final TimerGroupFunction<I, O> function;
  private final KeySelector<I, String> key;
  private final List<O> output = new ArrayList<>();
  private KeyedOneInputStreamOperatorTestHarness<String, I, O> operator;

  WindowHarness(TimerGroupFunction<I, O> function, KeySelector<I, String> key) throws Exception {
    this(function, key, null);
  }

  /** Continues from a snapshot; null to start without state. */
  WindowHarness(
      TimerGroupFunction<I, O> function, KeySelector<I, String> key, OperatorSubtaskState snapshot)
      throws Exception {
    this.function = function;
    this.key = key;
    operator = open(function, snapshot);
  }

  OperatorSubtaskState snapshot() throws Exception {
    return operator.snapshot(1, 1);
  }

  private KeyedOneInputStreamOperatorTestHarness<String, I, O> open(
      TimerGroupFunction<I, O> of, OperatorSubtaskState snapshot) throws Exception {
    KeyedOneInputStreamOperatorTestHarness<String, I, O> harness =
        new KeyedOneInputStreamOperatorTestHarness<>(operatorOf(of), key, Types.STRING);
    harness.setStateBackend(new EmbeddedRocksDBStateBackend());
    harness.getExecutionConfig().disableGenericTypes();
    harness.setup();
    if (snapshot == null) {
      harness.initializeEmptyState();
    } else {
      harness.initializeState(snapshot);
    }
    harness.open();
    return harness;
  }

  /** With the same wrapper as in the job. */
  @SuppressWarnings({"unchecked", "rawtypes"})
  private static <I, O> TimerGroupOperator<I, O> operatorOf(TimerGroupFunction<I, O> of) {
    return of instanceof ActorWindowsFunction
        ? ActorWindowsOperator.of((CachingFunction & ActorWindowsFunction) of)
        : new TimerGroupOperator<>(of);
  }

  void event(I event) throws Exception {
    operator.processElement(new StreamRecord<>(event));
  }

  void watermark(long time) throws Exception {
    operator.processWatermark(new Watermark(time));
  }

  /** Sends the last watermark, like a drain or the end of the sources. */
  void drain() throws Exception {
    watermark(Long.MAX_VALUE);
  }

  void restart() throws Exception {
    restart(function);
  }

  /** Continues from a snapshot, with other settings. */
  void restart(TimerGroupFunction<I, O> with) throws Exception {
    OperatorSubtaskState snapshot = operator.snapshot(1, 1);
    output.addAll(operator.extractOutputValues());
    operator.close();
    operator = open(with, snapshot);
  }

  /** The complete main output so far; of a side output only the part since the last restart. */
  List<O> output() {
    List<O> all = new ArrayList<>(output);
    all.addAll(operator.extractOutputValues());
    return all;
  }

  <X> List<X> side(OutputTag<X> tag) {
    List<X> values = new ArrayList<>();
    if (operator.getSideOutput(tag) != null) {
      operator.getSideOutput(tag).forEach(record -> values.add(record.getValue()));
    }
    return values;
  }

  int timers() {
    return Timers.of(operator);
  }

  /** The keys with state, after the cache was written back. */
  long keysHeld(String state) throws Exception {
    snapshot();
    try (Stream<?> keys =
        operator.getOperator().getKeyedStateBackend().getKeys(state, VoidNamespace.INSTANCE)) {
      return keys.distinct().count();
    }
  }

  /** Number of entries of a map, over all keys. */
  int entriesHeld(MapStateDescriptor<?, ?> map) throws Exception {
    int entries = 0;
    List<Object> keys = new ArrayList<>();
    KeyedStateBackend<Object> backend = operator.getOperator().getKeyedStateBackend();
    try (Stream<Object> held = backend.getKeys(map.getName(), VoidNamespace.INSTANCE)) {
      held.distinct().forEach(keys::add);
    }
    for (Object key : keys) {
      backend.setCurrentKey(key);
      MapState<?, ?> state =
          backend.getPartitionedState(
              VoidNamespace.INSTANCE, VoidNamespaceSerializer.INSTANCE, map);
      for (Object entry : state.entries()) {
        entries += entry == null ? 0 : 1;
      }
    }
    return entries;
  }

  @Override
  public void close() throws Exception {
    operator.close();
  }
}
