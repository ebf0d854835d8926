package adanalytics.attribution;

import adanalytics.event.Click;
import adanalytics.event.Impression;
import adanalytics.event.InputRecord;
import adanalytics.state.TimerGroups;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.contrib.streaming.state.EmbeddedRocksDBStateBackend;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.apache.flink.util.OutputTag;

/** Test harnesses for the two operators, with the same state as in the job. */
final class OperatorHarness {
  static final long WINDOW = 600_000;
  static final long OUT_OF_ORDERNESS = 5_000;
  static final long TOO_FAST = 500;

  private OperatorHarness() {}

  /** {@link ClickAttribution} on RocksDB, restored from a snapshot if it is not null. */
  static KeyedTwoInputStreamOperatorTestHarness<String, InputRecord<Impression>, Click, Impression>
      attribution(OperatorSubtaskState snapshot) throws Exception {
    return open(
        new KeyedTwoInputStreamOperatorTestHarness<>(
            new StrictEventTimeOperator<>(
                new ClickAttribution(WINDOW, OUT_OF_ORDERNESS, new ClickValidity(TOO_FAST))),
            record -> record.event.impressionId,
            click -> click.impressionId,
            Types.STRING),
        snapshot);
  }

  /** {@link ClickDeduplicator} on RocksDB, restored from a snapshot if it is not null. */
  static KeyedTwoInputStreamOperatorTestHarness<
          String, InputRecord<Impression>, InputRecord<Click>, Click>
      deduplication(OperatorSubtaskState snapshot) throws Exception {
    return open(
        new KeyedTwoInputStreamOperatorTestHarness<>(
            new StrictEventTimeOperator<>(new ClickDeduplicator(WINDOW, OUT_OF_ORDERNESS)),
            record -> record.event.impressionId,
            record -> record.event.clickId,
            Types.STRING),
        snapshot);
  }

  private static <A, B, O> KeyedTwoInputStreamOperatorTestHarness<String, A, B, O> open(
      KeyedTwoInputStreamOperatorTestHarness<String, A, B, O> harness,
      OperatorSubtaskState snapshot)
      throws Exception {
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

  /** Returns and removes the records that the operator has emitted on a side output so far. */
  static <X> List<StreamRecord<X>> take(
      KeyedTwoInputStreamOperatorTestHarness<?, ?, ?, ?> harness, OutputTag<X> tag) {
    List<StreamRecord<X>> records = new ArrayList<>();
    if (harness.getSideOutput(tag) != null) {
      records.addAll(harness.getSideOutput(tag));
      harness.getSideOutput(tag).clear();
    }
    return records;
  }

  /** The records that the operator has emitted on a side output so far. */
  static <X> List<X> side(
      KeyedTwoInputStreamOperatorTestHarness<?, ?, ?, ?> harness, OutputTag<X> tag) {
    Iterable<StreamRecord<X>> records = harness.getSideOutput(tag);
    List<X> values = new ArrayList<>();
    if (records != null) {
      records.forEach(record -> values.add(record.getValue()));
    }
    return values;
  }

  /** The watermarks that the operator has emitted so far. */
  static List<Long> watermarks(KeyedTwoInputStreamOperatorTestHarness<?, ?, ?, ?> harness) {
    return harness.getOutput().stream()
        .filter(element -> element instanceof Watermark)
        .map(element -> ((Watermark) element).getTimestamp())
        .collect(Collectors.toList());
  }

  /** The keys with any state in {@link ClickAttribution}. */
  static long keysOfAttribution(KeyedTwoInputStreamOperatorTestHarness<?, ?, ?, ?> harness) {
    return keysHeld(harness, "impression-id")
        + keysHeld(harness, PendingClickStore.STATE)
        + keysHeld(harness, TimerGroups.DESCRIPTOR.getName());
  }

  /** The keys with a value in the operator's state. */
  static long keysHeld(KeyedTwoInputStreamOperatorTestHarness<?, ?, ?, ?> harness, String state) {
    try (Stream<?> keys =
        harness.getOperator().getKeyedStateBackend().getKeys(state, VoidNamespace.INSTANCE)) {
      return keys.count();
    }
  }
}
