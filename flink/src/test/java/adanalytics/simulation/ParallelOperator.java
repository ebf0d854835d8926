package adanalytics.simulation;

import adanalytics.state.Timers;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Queue;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.util.OutputTag;

/**
 * The subtasks of a keyed operator: records go to the subtask of their key, watermarks to all, and
 * the watermark of the output is that of the slowest. It can continue from a snapshot with another
 * number of subtasks.
 *
 * @param <H> harness of one subtask
 * @param <O> output
 */
public final class ParallelOperator<H extends AbstractStreamOperatorTestHarness<O>, O>
    implements AutoCloseable {
  private static final int KEY_GROUPS = 16;

  private final Subtasks<H> create;
  private final Deque<Object> output = new ArrayDeque<>();
  private final List<H> subtasks = new ArrayList<>();
  private long[] watermarks;
  private long watermark;
  private long checkpoints;

  /** Creates the harness of one subtask, which is not open yet. */
  public interface Subtasks<H> {
    H create(int keyGroups, int parallelism, int subtask) throws Exception;
  }

  /** Sends something to one subtask. */
  public interface Input<H> {
    void to(H subtask) throws Exception;
  }

  /** The state of all subtasks, and their number. */
  public static final class Snapshot {
    private final OperatorSubtaskState state;
    private final int parallelism;

    private Snapshot(OperatorSubtaskState state, int parallelism) {
      this.state = state;
      this.parallelism = parallelism;
    }
  }

  /**
   * Opens the subtasks without state.
   *
   * @param create makes the harness of a subtask
   * @param parallelism number of subtasks
   */
  public ParallelOperator(Subtasks<H> create, int parallelism) throws Exception {
    this.create = create;
    open(null, parallelism);
  }

  private void open(Snapshot snapshot, int parallelism) throws Exception {
    watermarks = new long[parallelism];
    Arrays.fill(watermarks, Long.MIN_VALUE);
    watermark = Long.MIN_VALUE;
    for (int subtask = 0; subtask < parallelism; subtask++) {
      H harness = create.create(KEY_GROUPS, parallelism, subtask);
      if (snapshot != null) {
        harness.initializeState(
            AbstractStreamOperatorTestHarness.repartitionOperatorState(
                snapshot.state, KEY_GROUPS, snapshot.parallelism, parallelism, subtask));
      }
      harness.open();
      subtasks.add(harness);
    }
  }

  /** Takes a checkpoint of all subtasks, which continue. */
  public Snapshot snapshot() throws Exception {
    checkpoints++;
    OperatorSubtaskState[] states = new OperatorSubtaskState[subtasks.size()];
    for (int subtask = 0; subtask < states.length; subtask++) {
      states[subtask] = subtasks.get(subtask).snapshot(checkpoints, checkpoints);
    }
    return new Snapshot(AbstractStreamOperatorTestHarness.repackageState(states), subtasks.size());
  }

  /**
   * Ends all subtasks and continues from a snapshot. Watermarks start again, as after a restart of
   * the job.
   *
   * @return whether the number of subtasks differs from that of the snapshot
   */
  public boolean restore(Snapshot snapshot, int parallelism) throws Exception {
    close();
    open(snapshot, parallelism);
    return parallelism != snapshot.parallelism;
  }

  /** Sends to the subtask of a key. */
  public void send(String key, Input<H> input) throws Exception {
    int subtask =
        KeyGroupRangeAssignment.assignKeyToParallelOperator(key, KEY_GROUPS, subtasks.size());
    input.to(subtasks.get(subtask));
    takeOutput(subtask);
  }

  /** Sends to all subtasks. */
  public void sendToAll(Input<H> input) throws Exception {
    for (int subtask = 0; subtask < subtasks.size(); subtask++) {
      input.to(subtasks.get(subtask));
      takeOutput(subtask);
    }
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

  /** The records and watermarks of the main output since the last call. */
  public Deque<Object> output() {
    return output;
  }

  /** Takes the records of a side output. */
  public <X> List<StreamRecord<X>> take(OutputTag<X> tag) {
    List<StreamRecord<X>> records = new ArrayList<>();
    for (H subtask : subtasks) {
      Queue<StreamRecord<X>> side = subtask.getSideOutput(tag);
      if (side != null) {
        records.addAll(side);
        side.clear();
      }
    }
    return records;
  }

  /** The keys with a value in a state, over all subtasks. */
  public long keysHeld(String state) {
    return subtasks.stream().mapToLong(subtask -> keysHeld(subtask, state)).sum();
  }

  private long keysHeld(H subtask, String state) {
    try (Stream<?> keys =
        subtask.getOperator().getKeyedStateBackend().getKeys(state, VoidNamespace.INSTANCE)) {
      return keys.distinct().count();
    }
  }

  /** Number of event-time timers of all subtasks. */
  public int timers() {
    return sum(Timers::of);
  }

  /** The sum of a value over all subtasks. */
  public int sum(ToIntFunction<H> figure) {
    return subtasks.stream().mapToInt(figure).sum();
  }

  @Override
  public void close() throws Exception {
    for (AutoCloseable subtask : subtasks) {
      subtask.close();
    }
    subtasks.clear();
  }
}
