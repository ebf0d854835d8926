package adanalytics.simulation;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.RandomDistribution;

/** One step of a schedule. Each simulation interprets its numbers. */
public final class Step {
  /** What happens. */
  public enum Action {
    EVENT,
    WATERMARK,
    /** A checkpoint; the operator continues. */
    CHECKPOINT,
    /** The operator stops with a savepoint and continues from it. */
    RESTART,
    /** The operator continues from the latest checkpoint and receives all later steps again. */
    CRASH
  }

  /** Ticks of a schedule. */
  static final int TICKS = 2_000;

  private static final int MAX_SUBTASKS = 3;

  public final Action action;

  /** The actor of the event. */
  public final int who;

  /** Further data of the event. */
  public final int what;

  public final int kind;

  /** Parallelism of the operator after a restart. */
  public final int parallelism;

  /** Time of the step, in ticks. */
  final int tick;

  /** How far the event or the watermark is behind that time, in ticks. */
  private final int behind;

  private final boolean isMillisecondEarlier;

  private Step(int action, int tick, int behind, int who, int what, int detail) {
    this.action = action(action);
    this.tick = tick;
    this.behind = behind;
    this.who = who;
    this.what = what;
    this.kind = detail % 12;
    this.parallelism = 1 + detail % MAX_SUBTASKS;
    this.isMillisecondEarlier = detail >= 36;
  }

  /** Of 100 numbers, 80 are an event. */
  private static Action action(int number) {
    if (number < 80) {
      return Action.EVENT;
    }
    if (number < 94) {
      return Action.WATERMARK;
    }
    if (number < 97) {
      return Action.CHECKPOINT;
    }
    return number < 99 ? Action.RESTART : Action.CRASH;
  }

  static Arbitrary<Step> steps() {
    return Combinators.combine(
            uniform(100),
            uniform(TICKS),
            // Usually small, and often 0.
            Arbitraries.integers().between(0, 60).withoutEdgeCases(),
            uniform(8),
            uniform(96),
            uniform(48))
        .as(Step::new);
  }

  private static Arbitrary<Integer> uniform(int bound) {
    return Arbitraries.integers()
        .between(0, bound - 1)
        .withDistribution(RandomDistribution.uniform())
        .withoutEdgeCases();
  }

  /**
   * The time of the event, in milliseconds.
   *
   * @param tickMillis length of a tick: times lie on its grid, or a millisecond before
   */
  public long time(long tickMillis) {
    return (tick - behind) * tickMillis - (isMillisecondEarlier ? 1 : 0);
  }

  /** How far a watermark is behind its maximum, in milliseconds. */
  long lag(long tickMillis) {
    return isMillisecondEarlier ? behind * tickMillis : 0;
  }
}
