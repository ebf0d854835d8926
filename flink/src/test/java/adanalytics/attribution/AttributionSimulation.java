package adanalytics.attribution;

import static org.assertj.core.api.Assertions.assertThat;

import adanalytics.simulation.Schedule;
import adanalytics.simulation.SimulationHook;
import adanalytics.simulation.Tally;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntUnaryOperator;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.RandomDistribution;
import net.jqwik.api.lifecycle.AddLifecycleHook;

/** For every order of arrival, the outcome is that of the contract. */
class AttributionSimulation {
  @Provide
  Arbitrary<Schedule> schedules() {
    return Schedule.any();
  }

  /** Enough for every choice of the longest run. */
  @Provide
  Arbitrary<Integer> numbersOfChoices() {
    return Arbitraries.integers()
        .between(0, 5_000)
        .withDistribution(RandomDistribution.uniform())
        .withoutEdgeCases();
  }

  /**
   * @param seed of the order in which the shards, the two operators and the channels between them
   *     advance
   * @param randomChoices how many choices of this order are random, before the simplest ones. jqwik
   *     makes it smaller when a schedule fails
   */
  @Property(tries = 250)
  @AddLifecycleHook(SimulationHook.class)
  void theOutcomeIsTheContractsInEveryInterleaving(
      @ForAll("schedules") Schedule schedule,
      @ForAll long seed,
      @ForAll("numbersOfChoices") int randomChoices)
      throws Exception {
    Traffic input = new Traffic(schedule);
    Tally tally = Tally.of("click-deduplication, attribution");

    try (Interleaving run =
        new Interleaving(schedule, input, choices(seed, randomChoices), tally)) {
      run.run();

      assertThat(run.outcome.sorted())
          .as("outcome. %s", run.log())
          .isEqualTo(Outcome.expected(input).sorted());
      assertThat(run.timers()).as("timers at the end. %s", run.log()).isZero();
      assertThat(run.stateEntries()).as("entries of state at the end. %s", run.log()).isZero();
    }
    tally.schedule(schedule.events().size(), input.eventTimeMillis());
  }

  private static IntUnaryOperator choices(long seed, int randomChoices) {
    Random random = new Random(seed);
    AtomicInteger left = new AtomicInteger(randomChoices);
    return bound -> left.getAndDecrement() > 0 ? random.nextInt(bound) : 0;
  }

  /** Without these cases, the property above would not test much. */
  @Example
  void theTrafficHasEveryKindOfOutcome() {
    List<Traffic> traffics =
        Schedule.any().sampleStream().limit(200).map(Traffic::new).collect(Collectors.toList());
    List<String> lines =
        traffics.stream()
            .flatMap(traffic -> Outcome.expected(traffic).lines.stream())
            .collect(Collectors.toList());
    Set<String> kinds =
        lines.stream()
            .map(
                line ->
                    line.startsWith("late")
                        ? line.substring(0, 10)
                        : line.replaceAll("[^a-z_]+.*?(\\[.*)?$", "$1"))
            .collect(Collectors.toSet());

    assertThat(kinds)
        .contains(
            "impression",
            "click",
            "late impre",
            "late click",
            "unattributed",
            "attributed[]",
            "attributed[duplicate_click]",
            "attributed[too_fast_click]",
            "attributed[duplicate_click, too_fast_click]");
    long records = traffics.stream().mapToLong(Traffic::records).sum();
    assertThat(lines.stream().filter(line -> line.matches("(impression|click|late) .*")).count())
        .as("accepted and late events, including duplicates")
        .isLessThan(records);
  }
}
