package adanalytics.simulation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.RandomDistribution;

/** The steps of a simulation in their order, and the random numbers for its settings. */
public final class Schedule {
  private static final int MAX_STEPS = 200;
  private static final int MAX_CHOICES = 24;

  public final List<Step> steps;
  private final List<Integer> choices;

  private Schedule(List<Step> steps, List<Integer> choices) {
    this.steps = new ArrayList<>(steps);
    this.steps.sort(Comparator.comparingInt(step -> step.tick));
    this.choices = choices;
  }

  /** Any schedule. A smaller one has fewer steps and smaller numbers. */
  public static Arbitrary<Schedule> any() {
    Arbitrary<List<Step>> steps =
        Step.steps().list().ofMaxSize(MAX_STEPS).withSizeDistribution(RandomDistribution.uniform());
    Arbitrary<List<Integer>> choices =
        Arbitraries.integers()
            .between(0, 999)
            .withDistribution(RandomDistribution.uniform())
            .withoutEdgeCases()
            .list()
            .ofSize(MAX_CHOICES);
    return Combinators.combine(steps, choices).as(Schedule::new);
  }

  /** From the first one on, at each call. */
  public Choices choices() {
    return new Choices(choices);
  }

  /** The steps that are events. */
  public List<Step> events() {
    return ofAction(Step.Action.EVENT).collect(Collectors.toList());
  }

  private Stream<Step> ofAction(Step.Action action) {
    return steps.stream().filter(step -> step.action == action);
  }

  /** The number of steps; the failure message contains what each step did. */
  @Override
  public String toString() {
    return steps.size() + " steps, of which " + events().size() + " are events";
  }
}
