package adanalytics.attribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Whatever the order of arrival, the outcome is what the contract says. */
class AttributionProperties {
  @Property(tries = 150)
  void theOutcomeIsTheContractsInEveryInterleaving(
      @ForAll long traffic,
      @ForAll long interleaving,
      @ForAll @IntRange(min = 1, max = 4) int shards,
      @ForAll @IntRange(max = 200) int events)
      throws Exception {
    Traffic input = new Traffic(traffic, shards, events);

    try (Interleaving run = new Interleaving(input, interleaving)) {
      run.run();

      assertThat(run.outcome.sorted()).isEqualTo(Outcome.expected(input).sorted());
      assertThat(run.stateEntries()).isZero();
    }
  }

  /** Otherwise the property above could hold for want of cases. */
  @Example
  void theTrafficHasEveryKindOfOutcome() {
    Traffic input = new Traffic(1, 3, 1_000);
    Outcome outcome = Outcome.expected(input);
    Set<String> kinds =
        outcome.lines.stream()
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
    long records = 1_000;
    assertThat(
            outcome.lines.stream()
                .filter(line -> line.matches("(impression|click|late) .*"))
                .count())
        .as("accepted and late events, so that there are duplicates too")
        .isLessThan(records);
  }
}
