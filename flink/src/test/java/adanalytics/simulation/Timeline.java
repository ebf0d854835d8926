package adanalytics.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;

/**
 * Runs a schedule on an operator with windows. Watermarks are correct: no event after a watermark
 * is at or before it. After a crash, the operator continues from the latest checkpoint and receives
 * the steps after it again.
 *
 * @param <I> events
 * @param <O> main output
 */
public final class Timeline<I, O> implements AutoCloseable {
  /** Takes the output since the last call. */
  public interface Output<I, O> {
    /**
     * @param windows receives a line for each window
     * @param parts receives partial results
     */
    void take(
        ParallelOperator<KeyedOneInputStreamOperatorTestHarness<String, I, O>, O> operator,
        Collection<String> windows,
        Collection<Object> parts);
  }

  /**
   * Windows and partial results that were emitted, without those after the checkpoint of a crash.
   */
  private final List<String> windows = new ArrayList<>();

  private final List<Object> parts = new ArrayList<>();
  private final Set<String> cutOff = new HashSet<>();
  private final Log log = new Log();

  private final Schedule schedule;
  private final long tickMillis;
  private final ParallelOperator<KeyedOneInputStreamOperatorTestHarness<String, I, O>, O> operator;
  private final KeySelector<I, String> key;
  private final Output<I, O> output;
  private final Tally tally;
  private final Map<String, Long> expected;
  private final Set<Integer> crashes = new HashSet<>();

  /** The greatest watermark since the operator began, and since its last restart. */
  private long reached = Long.MIN_VALUE;

  private long watermark = Long.MIN_VALUE;
  private Checkpoint checkpoint;

  /**
   * @param schedule what happens
   * @param tickMillis length of a tick
   * @param operator without state
   * @param key of an event
   * @param output how to take the output
   * @param tally counts what happened
   * @param expected each window, with the watermark that completes it
   */
  public Timeline(
      Schedule schedule,
      long tickMillis,
      ParallelOperator<KeyedOneInputStreamOperatorTestHarness<String, I, O>, O> operator,
      KeySelector<I, String> key,
      Output<I, O> output,
      Tally tally,
      Map<String, Long> expected)
      throws Exception {
    this.schedule = schedule;
    this.tickMillis = tickMillis;
    this.operator = operator;
    this.key = key;
    this.output = output;
    this.tally = tally;
    this.expected = expected;
    checkpoint = new Checkpoint(0);
  }

  /**
   * Runs the schedule to its end.
   *
   * @param event makes the event of a step
   * @throws AssertionError with the log, when the output differs from the expected output, or is
   *     emitted at another time
   */
  public void run(Function<Step, I> event) {
    try {
      runSteps(event);
    } catch (Throwable e) {
      throw new AssertionError(e + "\n" + log, e);
    }
  }

  /** The partial results that were emitted. */
  public List<Object> parts() {
    return parts;
  }

  /** What happened. */
  public Log log() {
    return log;
  }

  private void runSteps(Function<Step, I> event) throws Exception {
    List<Step> steps = schedule.steps;
    long[] minTimeFromStep = minTimeFromStep(steps);
    for (int i = 0; i < steps.size(); i++) {
      Step step = steps.get(i);
      switch (step.action) {
        case EVENT:
          send(step, event.apply(step));
          break;
        case WATERMARK:
          if (minTimeFromStep[i] != Long.MAX_VALUE) {
            advance(minTimeFromStep[i] - 1 - step.lag(tickMillis));
          }
          break;
        case CHECKPOINT:
          log.add("checkpoint");
          checkpoint = new Checkpoint(i + 1);
          tally.checkpoint();
          break;
        case RESTART:
          checkpoint = new Checkpoint(i + 1);
          restore(step.parallelism, "stop with a savepoint");
          break;
        default:
          if (crashes.add(i)) {
            crash(step.parallelism);
            i = checkpoint.nextStep - 1;
          }
      }
    }
    advance(Long.MAX_VALUE);
    assertThat(sorted(windows)).isEqualTo(sorted(expected.keySet()));
    assertThat(expected.keySet()).as("what came out before a crash").containsAll(cutOff);
    tally.schedule(schedule.events().size(), eventTime());
  }

  private void send(Step step, I event) throws Exception {
    log.add(
        String.format(
            "event at %d: who %d, what %d, kind %d",
            step.time(tickMillis), step.who, step.what, step.kind));
    int emitted = windows.size();
    operator.send(key.getKey(event), subtask -> subtask.processElement(new StreamRecord<>(event)));
    take();
    assertThat(windows).as("windows after an event, before the next watermark").hasSize(emitted);
  }

  private void advance(long to) throws Exception {
    if (to <= watermark) {
      return;
    }
    log.add("watermark " + to);
    watermark = to;
    reached = Math.max(reached, to);
    operator.sendToAll(subtask -> subtask.processWatermark(new Watermark(to)));
    take();
    List<String> due =
        expected.entrySet().stream()
            .filter(window -> window.getValue() <= reached)
            .map(Map.Entry::getKey)
            .collect(Collectors.toList());
    assertThat(sorted(windows)).as("windows at watermark " + to).isEqualTo(sorted(due));
  }

  private void crash(int parallelism) throws Exception {
    List<String> lost = windows.subList(checkpoint.windows, windows.size());
    cutOff.addAll(lost);
    lost.clear();
    parts.subList(checkpoint.parts, parts.size()).clear();
    reached = checkpoint.reached;
    restore(parallelism, "crash");
  }

  private void restore(int parallelism, String why) throws Exception {
    log.add(why + "; " + parallelism + " subtasks go on before step " + checkpoint.nextStep);
    watermark = Long.MIN_VALUE;
    tally.restart(operator.restore(checkpoint.snapshot, parallelism));
  }

  private void take() {
    output.take(operator, windows, parts);
    operator.output().clear();
  }

  /** For each step, the minimum time of its event and all later events. */
  private long[] minTimeFromStep(List<Step> steps) {
    long[] least = new long[steps.size() + 1];
    least[steps.size()] = Long.MAX_VALUE;
    for (int i = steps.size() - 1; i >= 0; i--) {
      Step step = steps.get(i);
      long time = step.action == Step.Action.EVENT ? step.time(tickMillis) : Long.MAX_VALUE;
      least[i] = Math.min(least[i + 1], time);
    }
    return least;
  }

  private long eventTime() {
    return schedule.events().stream().mapToLong(step -> step.time(tickMillis)).max().orElse(0)
        - schedule.events().stream().mapToLong(step -> step.time(tickMillis)).min().orElse(0);
  }

  private static List<String> sorted(Collection<String> lines) {
    return lines.stream().sorted().collect(Collectors.toList());
  }

  @Override
  public void close() throws Exception {
    operator.close();
  }

  /** A snapshot, and the progress of the schedule at that point. */
  private final class Checkpoint {
    private final ParallelOperator.Snapshot snapshot = operator.snapshot();
    private final int nextStep;
    private final int windows = Timeline.this.windows.size();
    private final int parts = Timeline.this.parts.size();
    private final long reached = Timeline.this.reached;

    private Checkpoint(int nextStep) throws Exception {
      this.nextStep = nextStep;
    }
  }
}
