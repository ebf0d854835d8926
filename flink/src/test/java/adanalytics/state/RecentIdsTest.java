package adanalytics.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class RecentIdsTest {
  private static final long USUAL = 1_000;

  private final RecentIds ids = new RecentIds(USUAL);

  @Example
  void falsePositivesAreRare() {
    IntStream.range(0, 200_000).forEach(i -> ids.add("id-" + i, 500, 0));

    long wrong = IntStream.range(0, 100_000).filter(i -> ids.mayContain("other-" + i)).count();
    assertThat(wrong).isLessThan(10_000);
  }

  @Example
  void filtersStayFewHoweverLongItRuns() {
    for (int i = 0; i < 1_000_000; i++) {
      ids.add("id-" + i, i / 100 + USUAL / 2, i / 100);
    }

    assertThat(ids.filters()).isLessThan(10);
    assertThat(ids.mayContain("id-999999")).isTrue();
    assertThat(IntStream.range(0, 10_000).filter(i -> ids.mayContain("id-" + i)).count())
        .isLessThan(1_000);
  }

  /** One impression in a hundred has the time of a clock that runs years ahead. */
  @Example
  void idsThatAreNeverForgottenDoNotKeepTheOthers() {
    for (int i = 0; i < 1_000_000; i++) {
      boolean ahead = i % 100 == 0;
      ids.add("id-" + i, ahead ? Long.MAX_VALUE : i / 100 + USUAL / 2, i / 100);
    }

    assertThat(ids.filters()).isLessThan(10);
    assertThat(ids.mayContain("id-0")).isTrue();
    assertThat(ids.mayContain("id-500000")).isTrue();
  }

  @Property(tries = 100)
  void anIdIsKnownUntilItIsForgotten(
      @ForAll Random random, @ForAll @IntRange(min = 1, max = 60_000) int steps) {
    RecentIds recent = new RecentIds(USUAL);
    Map<String, Long> expected = new HashMap<>();
    long watermark = random.nextBoolean() ? Long.MIN_VALUE : 0;
    for (int i = 0; i < steps; i++) {
      if (random.nextInt(10) == 0) {
        watermark = Math.max(0, watermark) + random.nextInt(200);
      }
      String id = "id-" + random.nextInt(steps);
      long now = Math.max(0, watermark);
      long until = now + 1 + (random.nextInt(50) == 0 ? 1_000_000 : random.nextInt(1_500));
      recent.add(id, until, watermark);
      expected.merge(id, until, Math::max);
    }
    long end = watermark;
    expected.forEach(
        (id, until) -> {
          if (until > end) {
            assertThat(recent.mayContain(id)).as(id).isTrue();
          }
        });
  }
}
