package adanalytics.attribution;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.function.Supplier;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.apache.flink.util.OutputTag;

/**
 * The subtasks of an operator with two keyed inputs: records go to the subtask of their key,
 * watermarks to all, and the watermark of the output is that of the slowest. It can go on from a
 * snapshot with another number of subtasks.
 */
final class ParallelOperator<A, B, O> implements AutoCloseable {
  private static final int KEY_GROUPS = 16;

  private final Supplier<TwoInputStreamOperator<A, B, O>> operator;
  private final KeySelector<A, String> key1;
  private final KeySelector<B, String> key2;
  private final Deque<Object> output = new ArrayDeque<>();
  private final List<KeyedTwoInputStreamOperatorTestHarness<String, A, B, O>> subtasks =
      new ArrayList<>();
  private long[] watermarks;
  private long watermark = Long.MIN_VALUE;
  private long checkpoints;

  /**
   * Opens the subtasks without state.
   *
   * @param operator makes the operator of a subtask
   * @param key1 key of a record of the first input
   * @param key2 key of a record of the second input
   * @param parallelism number of subtasks
   */
  ParallelOperator(
      Supplier<TwoInputStreamOperator<A, B, O>> operator,
      KeySelector<A, String> key1,
      KeySelector<B, String> key2,
      int parallelism)
      throws Exception {
    this.operator = operator;
    this.key1 = key1;
    this.key2 = key2;
    open(null, parallelism);
  }

  private void open(OperatorSubtaskState snapshot, int parallelism) throws Exception {
    int before = subtasks.size();
    subtasks.clear();
    watermarks = new long[parallelism];
    Arrays.fill(watermarks, Long.MIN_VALUE);
    for (int subtask = 0; subtask < parallelism; subtask++) {
      KeyedTwoInputStreamOperatorTestHarness<String, A, B, O> harness =
          new KeyedTwoInputStreamOperatorTestHarness<>(
              operator.get(), key1, key2, Types.STRING, KEY_GROUPS, parallelism, subtask);
      if (snapshot != null) {
        harness.initializeState(
            AbstractStreamOperatorTestHarness.repartitionOperatorState(
                snapshot, KEY_GROUPS, before, parallelism, subtask));
      }
      harness.open();
      subtasks.add(harness);
    }
  }

  /**
   * Takes a snapshot and goes on from it. Watermarks start again, as after a restart of the job.
   */
  void restart(int parallelism) throws Exception {
    checkpoints++;
    OperatorSubtaskState[] snapshots = new OperatorSubtaskState[subtasks.size()];
    for (int subtask = 0; subtask < snapshots.length; subtask++) {
      snapshots[subtask] = subtasks.get(subtask).snapshot(checkpoints, checkpoints);
    }
    close();
    open(AbstractStreamOperatorTestHarness.repackageState(snapshots), parallelism);
  }

  void processElement1(StreamRecord<A> record) throws Exception {
    int subtask = subtaskOf(key1.getKey(record.getValue()));
    subtasks.get(subtask).processElement1(record);
    takeOutput(subtask);
  }

  void processElement2(StreamRecord<B> record) throws Exception {
    int subtask = subtaskOf(key2.getKey(record.getValue()));
    subtasks.get(subtask).processElement2(record);
    takeOutput(subtask);
  }

  void processWatermark1(Watermark mark) throws Exception {
    for (int subtask = 0; subtask < subtasks.size(); subtask++) {
      subtasks.get(subtask).processWatermark1(mark);
      takeOutput(subtask);
    }
  }

  void processWatermark2(Watermark mark) throws Exception {
    for (int subtask = 0; subtask < subtasks.size(); subtask++) {
      subtasks.get(subtask).processWatermark2(mark);
      takeOutput(subtask);
    }
  }

  private int subtaskOf(String key) {
    return KeyGroupRangeAssignment.assignKeyToParallelOperator(key, KEY_GROUPS, subtasks.size());
  }

  private void takeOutput(int subtask) {
    Object element;
    while ((element = subtasks.get(subtask).getOutput().poll()) != null) {
      if (!(element instanceof Watermark)) {
        output.add(element);
        continue;
      }
      watermarks[subtask] = ((Watermark) element).getTimestamp();
      long slowest = Arrays.stream(watermarks).min().getAsLong();
      if (slowest > watermark) {
        watermark = slowest;
        output.add(new Watermark(slowest));
      }
    }
  }

  /** The records and watermarks of the main output that were not taken yet. */
  Deque<Object> output() {
    return output;
  }

  /** Takes the records of a side output. */
  <X> List<StreamRecord<X>> take(OutputTag<X> tag) {
    List<StreamRecord<X>> records = new ArrayList<>();
    subtasks.forEach(subtask -> records.addAll(OperatorHarness.take(subtask, tag)));
    return records;
  }

  /** Entries of state, of all subtasks. */
  int stateEntries() {
    return subtasks.stream().mapToInt(subtask -> subtask.numKeyedStateEntries()).sum();
  }

  @Override
  public void close() throws Exception {
    for (AutoCloseable subtask : subtasks) {
      subtask.close();
    }
  }
}
