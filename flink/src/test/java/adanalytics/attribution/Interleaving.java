package adanalytics.attribution;

import adanalytics.event.AdEvent;
import adanalytics.event.Click;
import adanalytics.event.Impression;
import adanalytics.event.InputRecord;
import adanalytics.simulation.Log;
import adanalytics.simulation.ParallelOperator;
import adanalytics.simulation.Tally;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;

/**
 * Runs traffic through both operators in one of the many orders that are possible in a cluster:
 * shards advance at random, watermarks are sent at random, and every channel between the operators
 * is a queue that is emptied at random. Sometimes both operators continue from a snapshot, with
 * another parallelism.
 */
final class Interleaving implements AutoCloseable {
  /** Average number of steps per restart. */
  private static final int[] STEPS_PER_RESTART = {30, 100, 300, 1_000};

  private static final int MAX_SUBTASKS = 3;

  final Outcome outcome = new Outcome();

  private final Random random;
  private final int stepsPerRestart;
  private final Tally tally;
  private final Log log = new Log();
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

  /** The latest watermarks: after a restart, the sources send them again. */
  private Watermark toDeduplication1 = new Watermark(Long.MIN_VALUE);

  private Watermark toDeduplication2 = new Watermark(Long.MIN_VALUE);
  private Watermark toAttribution1 = new Watermark(Long.MIN_VALUE);
  private Watermark toAttribution2 = new Watermark(Long.MIN_VALUE);
  private final WatermarkCheck deduplicated = new WatermarkCheck();
  private final WatermarkCheck attributed = new WatermarkCheck();

  /**
   * @param seed of all random choices
   * @param tally counts the restarts
   */
  Interleaving(Traffic traffic, long seed, Tally tally) throws Exception {
    this.tally = tally;
    random = new Random(seed);
    stepsPerRestart = STEPS_PER_RESTART[random.nextInt(STEPS_PER_RESTART.length)];
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
  }

  private int parallelism() {
    return 1 + random.nextInt(MAX_SUBTASKS);
  }

  private void restart() throws Exception {
    int ofDeduplication = parallelism();
    int ofAttribution = parallelism();
    log.add("restart with " + ofDeduplication + " and " + ofAttribution + " subtasks");
    boolean isRescaled = deduplication.restore(deduplication.snapshot(), ofDeduplication);
    isRescaled |= attribution.restore(attribution.snapshot(), ofAttribution);
    tally.restart(isRescaled);
    deduplication.sendToAll(subtask -> subtask.processWatermark1(toDeduplication1));
    deduplication.sendToAll(subtask -> subtask.processWatermark2(toDeduplication2));
    passOnDeduplicated();
    attribution.sendToAll(subtask -> subtask.processWatermark1(toAttribution1));
    attribution.sendToAll(subtask -> subtask.processWatermark2(toAttribution2));
    takeAttributed();
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
    List<Step> steps =
        List.of(
            this::readImpressions,
            this::readClicks,
            this::deduplicateImpressions,
            this::deduplicateClicks,
            this::attributeImpressions,
            this::attributeClicks);
    List<Step> open = new ArrayList<>(steps);
    // A step without work may have work later, so the run ends only after a full round without
    // work.
    while (!open.isEmpty()) {
      if (random.nextInt(stepsPerRestart) == 0) {
        restart();
      }
      Step step = open.get(random.nextInt(open.size()));
      if (step.run()) {
        open = new ArrayList<>(steps);
      } else {
        open.remove(step);
      }
    }
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
      toDeduplication1 = (Watermark) element;
      deduplication.sendToAll(subtask -> subtask.processWatermark1(toDeduplication1));
      passOnDeduplicated();
    }
    return element != null;
  }

  @SuppressWarnings("unchecked")
  private boolean deduplicateClicks() throws Exception {
    Object element = clicksToDeduplication.poll();
    log("deduplication: clicks' ", element);
    if (element instanceof Watermark) {
      toDeduplication2 = (Watermark) element;
      deduplication.sendToAll(subtask -> subtask.processWatermark2(toDeduplication2));
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
      toAttribution1 = (Watermark) element;
      attribution.sendToAll(subtask -> subtask.processWatermark1(toAttribution1));
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
      toAttribution2 = (Watermark) element;
      attribution.sendToAll(subtask -> subtask.processWatermark2(toAttribution2));
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

  private interface Step {
    /** Does one step. @return false if no step is left */
    boolean run() throws Exception;
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
  }

  /**
   * The source of one stream: reads its shards at random speeds, with the watermark of the slowest
   * one.
   */
  private final class Source<E extends AdEvent> {
    private final List<Deque<InputRecord<E>>> shards = new ArrayList<>();
    private final long[] greatest;
    private boolean ended;

    Source(List<List<InputRecord<E>>> shards) {
      shards.forEach(shard -> this.shards.add(new ArrayDeque<>(shard)));
      greatest = new long[shards.size()];
      Arrays.fill(greatest, Long.MIN_VALUE);
    }

    /** A record, a watermark, or null at the end. */
    Object next() {
      if (ended) {
        return null;
      }
      List<Integer> unread = new ArrayList<>();
      for (int i = 0; i < shards.size(); i++) {
        if (!shards.get(i).isEmpty()) {
          unread.add(i);
        }
      }
      if (unread.isEmpty()) {
        ended = true;
        return Watermark.MAX_WATERMARK;
      }
      if (random.nextInt(3) == 0) {
        long slowest = unread.stream().mapToLong(i -> greatest[i]).min().getAsLong();
        return new Watermark(
            slowest == Long.MIN_VALUE ? slowest : slowest - Traffic.OUT_OF_ORDERNESS - 1);
      }
      int shard = unread.get(random.nextInt(unread.size()));
      InputRecord<E> record = shards.get(shard).poll();
      greatest[shard] = Math.max(greatest[shard], record.event.eventTime);
      return new StreamRecord<>(record, record.event.eventTime);
    }
  }
}
