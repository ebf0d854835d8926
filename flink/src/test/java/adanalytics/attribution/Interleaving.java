package adanalytics.attribution;

import adanalytics.event.AdEvent;
import adanalytics.event.Click;
import adanalytics.event.Impression;
import adanalytics.event.InputRecord;
import adanalytics.simulation.Log;
import adanalytics.simulation.ParallelOperator;
import adanalytics.simulation.Schedule;
import adanalytics.simulation.Step;
import adanalytics.simulation.Tally;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.stream.Collectors;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;

/**
 * Runs traffic through both operators in one of the many orders that are possible in a cluster:
 * shards advance at random, watermarks are sent at random, and every channel between the operators
 * is a queue that is emptied at random. The schedule says when checkpoints are taken, and when both
 * operators continue from a savepoint or, after a crash, from the latest checkpoint, with another
 * parallelism. As in the job, the sources then have no watermark until they have read from every
 * shard again.
 */
final class Interleaving implements AutoCloseable {
  /** Average number of steps from the time when a restart is due to the restart. */
  private static final int RESTART_DELAY = 8;

  /** A source sends a watermark in one of so many steps. */
  private static final int STEPS_PER_WATERMARK = 3;

  private static final int MAX_SUBTASKS = 3;

  final Outcome outcome = new Outcome();

  private final IntUnaryOperator choose;
  private final Tally tally;
  private final Log log = new Log();
  private final Deque<Interruption> interruptions;
  private final Source<Impression> impressions;
  private final Source<Click> clicks;
  private final Deque<Object> impressionsToDeduplication = new ArrayDeque<>();
  private final Deque<Object> clicksToDeduplication = new ArrayDeque<>();
  private final Deque<Object> impressionsToAttribution = new ArrayDeque<>();
  private final Deque<Object> clicksToAttribution = new ArrayDeque<>();
  private final ParallelOperator<
          KeyedTwoInputStreamOperatorTestHarness<
              String, InputRecord<Impression>, InputRecord<Click>, Click>,
          Click>
      deduplication;
  private final ParallelOperator<
          KeyedTwoInputStreamOperatorTestHarness<
              String, InputRecord<Impression>, Click, Impression>,
          Impression>
      attribution;

  private final WatermarkCheck deduplicated = new WatermarkCheck();
  private final WatermarkCheck attributed = new WatermarkCheck();
  private Checkpoint checkpoint;

  /**
   * @param schedule its checkpoints, restarts and crashes happen when as many records were read as
   *     it has events before them
   * @param traffic the events of the schedule
   * @param choose called with a number of possibilities, returns one of them from 0; 0 is the
   *     simplest
   * @param tally counts checkpoints and restarts
   */
  Interleaving(Schedule schedule, Traffic traffic, IntUnaryOperator choose, Tally tally)
      throws Exception {
    this.tally = tally;
    this.choose = choose;
    interruptions = interruptions(schedule);
    impressions = new Source<>(traffic.impressionShards);
    clicks = new Source<>(traffic.clickShards);
    deduplication =
        new ParallelOperator<>(
            (keyGroups, subtasks, subtask) ->
                new KeyedTwoInputStreamOperatorTestHarness<>(
                    new StrictEventTimeOperator<>(
                        new ClickDeduplicator(Traffic.WINDOW, Traffic.OUT_OF_ORDERNESS)),
                    record -> record.event.impressionId,
                    record -> record.event.clickId,
                    Types.STRING,
                    keyGroups,
                    subtasks,
                    subtask),
            parallelism());
    attribution =
        new ParallelOperator<>(
            (keyGroups, subtasks, subtask) ->
                new KeyedTwoInputStreamOperatorTestHarness<>(
                    new StrictEventTimeOperator<>(
                        new ClickAttribution(
                            Traffic.WINDOW,
                            Traffic.OUT_OF_ORDERNESS,
                            new ClickValidity(Traffic.TOO_FAST))),
                    record -> record.event.impressionId,
                    click -> click.impressionId,
                    Types.STRING,
                    keyGroups,
                    subtasks,
                    subtask),
            parallelism());
    checkpoint = new Checkpoint();
  }

  private static Deque<Interruption> interruptions(Schedule schedule) {
    Deque<Interruption> interruptions = new ArrayDeque<>();
    int events = 0;
    for (Step step : schedule.steps) {
      if (step.action == Step.Action.EVENT) {
        events++;
      } else if (step.action != Step.Action.WATERMARK) {
        interruptions.add(new Interruption(step, events));
      }
    }
    return interruptions;
  }

  private int parallelism() {
    return 1 + choose.applyAsInt(MAX_SUBTASKS);
  }

  private void interrupt(Step step) throws Exception {
    if (step.action != Step.Action.CRASH) {
      log.add("checkpoint");
      tally.checkpoint();
      checkpoint = new Checkpoint();
    }
    if (step.action != Step.Action.CHECKPOINT) {
      int ofAttribution = parallelism();
      log.add(
          step.action + "; go on with " + step.parallelism + " and " + ofAttribution + " subtasks");
      checkpoint.restore(step.parallelism, ofAttribution);
    }
  }

  /**
   * @throws AssertionError with what happened, when an operator breaks a rule that always holds
   */
  void run() {
    try {
      runSteps();
    } catch (Throwable e) {
      throw new AssertionError(e + "\n" + log, e);
    }
  }

  /** What happened. */
  Log log() {
    return log;
  }

  private void log(String where, Object element) {
    if (element instanceof Watermark) {
      log.add(where + "watermark " + ((Watermark) element).getTimestamp());
    } else if (element != null) {
      Object value = ((StreamRecord<?>) element).getValue();
      AdEvent event = value instanceof AdEvent ? (AdEvent) value : ((InputRecord<?>) value).event;
      String id = event instanceof Click ? ((Click) event).clickId : event.impressionId;
      log.add(where + "event " + id + " at " + event.eventTime);
    }
  }

  private void runSteps() throws Exception {
    List<Task> tasks =
        List.of(
            this::readImpressions,
            this::readClicks,
            this::deduplicateImpressions,
            this::deduplicateClicks,
            this::attributeImpressions,
            this::attributeClicks);
    List<Task> open = new ArrayList<>(tasks);
    // A task without work may have work later, so the run ends only after a full round without
    // work.
    while (!open.isEmpty() || !interruptions.isEmpty()) {
      if (open.isEmpty() || (isInterruptionDue() && choose.applyAsInt(RESTART_DELAY) == 0)) {
        interrupt(interruptions.remove().step);
        open = new ArrayList<>(tasks);
      }
      Task task = open.get(choose.applyAsInt(open.size()));
      if (task.step()) {
        open = new ArrayList<>(tasks);
      } else {
        open.remove(task);
      }
    }
  }

  private boolean isInterruptionDue() {
    return !interruptions.isEmpty()
        && interruptions.peek().events <= impressions.recordsRead() + clicks.recordsRead();
  }

  /** Number of state entries in the operators. */
  int stateEntries() {
    return deduplication.sum(subtask -> subtask.numKeyedStateEntries())
        + attribution.sum(subtask -> subtask.numKeyedStateEntries());
  }

  /** Number of timers in the operators, after each has written back what it holds. */
  int timers() throws Exception {
    deduplication.snapshot();
    attribution.snapshot();
    return deduplication.timers() + attribution.timers();
  }

  @Override
  public void close() {
    try {
      deduplication.close();
      attribution.close();
    } catch (Exception e) {
      throw new IllegalStateException("Cannot close the operators", e);
    }
  }

  private boolean readImpressions() {
    Object next = impressions.next();
    if (next instanceof Watermark) {
      impressionsToDeduplication.add(next);
    }
    return next != null && impressionsToAttribution.add(next);
  }

  private boolean readClicks() {
    Object next = clicks.next();
    return next != null && clicksToDeduplication.add(next);
  }

  private boolean deduplicateImpressions() throws Exception {
    Object element = impressionsToDeduplication.poll();
    log("deduplication: impressions' ", element);
    if (element != null) {
      Watermark watermark = (Watermark) element;
      deduplication.sendToAll(subtask -> subtask.processWatermark1(watermark));
      passOnDeduplicated();
    }
    return element != null;
  }

  @SuppressWarnings("unchecked")
  private boolean deduplicateClicks() throws Exception {
    Object element = clicksToDeduplication.poll();
    log("deduplication: clicks' ", element);
    if (element instanceof Watermark) {
      Watermark watermark = (Watermark) element;
      deduplication.sendToAll(subtask -> subtask.processWatermark2(watermark));
    } else if (element != null) {
      StreamRecord<InputRecord<Click>> click = (StreamRecord<InputRecord<Click>>) element;
      deduplication.send(click.getValue().event.clickId, subtask -> subtask.processElement2(click));
    }
    passOnDeduplicated();
    return element != null;
  }

  @SuppressWarnings("unchecked")
  private boolean attributeImpressions() throws Exception {
    Object element = impressionsToAttribution.poll();
    log("attribution: impressions' ", element);
    if (element instanceof Watermark) {
      Watermark watermark = (Watermark) element;
      attribution.sendToAll(subtask -> subtask.processWatermark1(watermark));
    } else if (element != null) {
      StreamRecord<InputRecord<Impression>> impression =
          (StreamRecord<InputRecord<Impression>>) element;
      attribution.send(
          impression.getValue().event.impressionId, subtask -> subtask.processElement1(impression));
    }
    takeAttributed();
    return element != null;
  }

  @SuppressWarnings("unchecked")
  private boolean attributeClicks() throws Exception {
    Object element = clicksToAttribution.poll();
    log("attribution: clicks' ", element);
    if (element instanceof Watermark) {
      Watermark watermark = (Watermark) element;
      attribution.sendToAll(subtask -> subtask.processWatermark2(watermark));
    } else if (element != null) {
      StreamRecord<Click> click = (StreamRecord<Click>) element;
      attribution.send(click.getValue().impressionId, subtask -> subtask.processElement2(click));
    }
    takeAttributed();
    return element != null;
  }

  private void passOnDeduplicated() {
    deduplication.take(ClickDeduplicator.LATE).forEach(record -> outcome.late(record.getValue()));
    Object element;
    while ((element = deduplication.output().poll()) != null) {
      deduplicated.check(element);
      if (element instanceof StreamRecord) {
        outcome.accepted((Click) ((StreamRecord<?>) element).getValue());
      }
      clicksToAttribution.add(element);
    }
  }

  private void takeAttributed() {
    attribution.take(ClickAttribution.LATE).forEach(record -> outcome.late(record.getValue()));
    for (StreamRecord<AttributedClick> record : attribution.take(ClickAttribution.ATTRIBUTED)) {
      attributed.check(record);
      outcome.attributed(record.getValue());
      if (!record.getValue().impression.isCounted) {
        throw new AssertionError("The click of " + record + " is missing in the settled figures");
      }
    }
    for (StreamRecord<Click> record : attribution.take(ClickAttribution.UNATTRIBUTED)) {
      attributed.check(record);
      outcome.unattributed(record.getValue());
    }
    if (!attribution.take(ClickAttribution.SETTLED).isEmpty()) {
      throw new AssertionError("An impression is in the settled figures twice");
    }
    Object element;
    while ((element = attribution.output().poll()) != null) {
      attributed.check(element);
      if (element instanceof StreamRecord) {
        outcome.accepted((Impression) ((StreamRecord<?>) element).getValue());
      }
    }
  }

  /** Without watermarks, which are not part of a checkpoint. */
  private static List<Object> records(Deque<Object> channel) {
    return channel.stream()
        .filter(element -> element instanceof StreamRecord)
        .collect(Collectors.toList());
  }

  private interface Task {
    /** Does one step. @return false if no step is left */
    boolean step() throws Exception;
  }

  /** A checkpoint, a restart or a crash. */
  private static final class Interruption {
    final Step step;

    /** Number of events before it. */
    final int events;

    Interruption(Step step, int events) {
      this.step = step;
      this.events = events;
    }
  }

  /** State of sources, channels and operators, and the outcome until then. */
  private final class Checkpoint {
    private final ParallelOperator.Snapshot ofDeduplication = deduplication.snapshot();
    private final ParallelOperator.Snapshot ofAttribution = attribution.snapshot();
    private final int[] impressionsRead = impressions.read.clone();
    private final int[] clicksRead = clicks.read.clone();
    private final List<Deque<Object>> channels =
        List.of(
            impressionsToDeduplication,
            clicksToDeduplication,
            impressionsToAttribution,
            clicksToAttribution);
    private final List<List<Object>> recordsInChannels =
        channels.stream().map(Interleaving::records).collect(Collectors.toList());
    private final int lines = outcome.lines.size();

    Checkpoint() throws Exception {}

    void restore(int deduplicationSubtasks, int attributionSubtasks) throws Exception {
      boolean isRescaled = deduplication.restore(ofDeduplication, deduplicationSubtasks);
      isRescaled |= attribution.restore(ofAttribution, attributionSubtasks);
      tally.restart(isRescaled);
      impressions.restore(impressionsRead);
      clicks.restore(clicksRead);
      for (int i = 0; i < channels.size(); i++) {
        channels.get(i).clear();
        channels.get(i).addAll(recordsInChannels.get(i));
      }
      outcome.lines.subList(lines, outcome.lines.size()).clear();
      deduplicated.restart();
      attributed.restart();
    }
  }

  /** No record may be at or behind an earlier watermark: a downstream window would drop it. */
  private static final class WatermarkCheck {
    private long watermark = Long.MIN_VALUE;

    void check(Object element) {
      if (element instanceof Watermark) {
        watermark = ((Watermark) element).getTimestamp();
      } else if (((StreamRecord<?>) element).getTimestamp() <= watermark) {
        throw new AssertionError(element + " comes after watermark " + watermark);
      }
    }

    void restart() {
      watermark = Long.MIN_VALUE;
    }
  }

  /**
   * The source of one stream: reads its shards at random speeds, with the watermark of the slowest
   * one.
   */
  private final class Source<E extends AdEvent> {
    private final List<List<InputRecord<E>>> shards;

    /** Number of records that were read, by shard. */
    private final int[] read;

    /** Greatest event time since the last restart, by shard. */
    private final long[] greatest;

    private boolean hasEnded;

    Source(List<List<InputRecord<E>>> shards) {
      this.shards = shards;
      read = new int[shards.size()];
      greatest = new long[shards.size()];
      Arrays.fill(greatest, Long.MIN_VALUE);
    }

    int recordsRead() {
      return Arrays.stream(read).sum();
    }

    void restore(int[] positions) {
      System.arraycopy(positions, 0, read, 0, read.length);
      Arrays.fill(greatest, Long.MIN_VALUE);
      hasEnded = false;
    }

    /** A record, a watermark, or null at the end. */
    Object next() {
      if (hasEnded) {
        return null;
      }
      List<Integer> unread = new ArrayList<>();
      for (int i = 0; i < shards.size(); i++) {
        if (read[i] < shards.get(i).size()) {
          unread.add(i);
        }
      }
      if (unread.isEmpty()) {
        hasEnded = true;
        return Watermark.MAX_WATERMARK;
      }
      if (choose.applyAsInt(STEPS_PER_WATERMARK) == STEPS_PER_WATERMARK - 1) {
        long slowest = unread.stream().mapToLong(i -> greatest[i]).min().getAsLong();
        return new Watermark(
            slowest == Long.MIN_VALUE ? slowest : slowest - Traffic.OUT_OF_ORDERNESS - 1);
      }
      int shard = unread.get(choose.applyAsInt(unread.size()));
      InputRecord<E> record = shards.get(shard).get(read[shard]);
      read[shard]++;
      greatest[shard] = Math.max(greatest[shard], record.event.eventTime);
      return new StreamRecord<>(record, record.event.eventTime);
    }
  }
}
