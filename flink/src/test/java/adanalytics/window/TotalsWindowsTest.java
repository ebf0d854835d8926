package adanalytics.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import adanalytics.state.TimerGroups;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TotalsWindowsTest {
  private static final long MINUTE = 60_000;
  private static final long ATTRIBUTION = 600_000;
  private static final long WEEK = PublisherRates.RETENTION_MILLIS;

  private WindowHarness<WindowDelta, WindowTotals> operator;

  @BeforeEach
  void open() throws Exception {
    operator = new WindowHarness<>(totals(MINUTE), delta -> delta.key);
  }

  @AfterEach
  void close() throws Exception {
    operator.close();
  }

  /**
   * A publisher is compared with three earlier windows; only windows with ten or more impressions
   * count.
   */
  private static TotalsWindows totals(long metricsMillis) {
    SlidingWindows any = new SlidingWindows(10_000, 10_000);
    return new TotalsWindows(
        new WindowSettings(
            new SlidingWindows(10_000, 5_000),
            any,
            new ReportableWindows(1, 1, 1, 2, 1, 1, 1),
            any,
            SlidingWindows.tumbling(metricsMillis),
            ATTRIBUTION,
            10,
            3));
  }

  @Test
  void aWindowIsEmittedOnceWhenTheWatermarkPassesItsEnd() throws Exception {
    delta("campaign:c", 0, 1, 0, 5, 1);
    delta("campaign:c", 59_999, 2, 1, 7, 1);
    delta("campaign:c", 60_000, 1, 0, 0, 1);
    operator.watermark(59_998);
    assertThat(operator.output()).isEmpty();

    operator.watermark(59_999);
    assertThat(described(operator.output())).containsExactly("campaign c 0-60000 3/1 12 users 2");
    operator.drain();
    assertThat(described(operator.output()))
        .containsExactly(
            "campaign c 0-60000 3/1 12 users 2", "campaign c 60000-120000 1/0 0 users 1");
    assertNothingIsHeld();
  }

  @Test
  void aKeyMayHoldAColon() throws Exception {
    delta("ad:a:b", 0, 1, 0, 0, 1);
    operator.drain();

    assertThat(described(operator.output())).containsExactly("ad a:b 0-60000 1/0 0 users 1");
  }

  @Test
  void continuesFromASnapshot() throws Exception {
    delta("campaign:c", 0, 1, 0, 5, 1);
    operator.restart();
    delta("campaign:c", 1, 1, 0, 5, 0);
    operator.drain();

    assertThat(described(operator.output())).containsExactly("campaign c 0-60000 2/0 10 users 1");
    assertNothingIsHeld();
  }

  @Test
  void aValueOfOtherWindowsIsRefused() throws Exception {
    delta("campaign:c", 0, 1, 0, 5, 1);
    operator.restart(totals(10_000));

    assertThatThrownBy(() -> delta("campaign:c", 0, 1, 0, 5, 1))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("60000 ms")
        .hasMessageContaining("docs/runbooks/update-the-job.md");
  }

  /** An impression at the end of the window may be clicked one attribution window later. */
  @Test
  void aSettledWindowWaitsForTheAttributionWindow() throws Exception {
    delta(TotalsWindows.SETTLED_CAMPAIGN + "c", 59_999, 1, 2, 5, 1);
    operator.watermark(59_999 + ATTRIBUTION - 1);
    assertThat(operator.side(TotalsWindows.SETTLED)).isEmpty();

    operator.watermark(59_999 + ATTRIBUTION);
    assertThat(described(operator.side(TotalsWindows.SETTLED)))
        .containsExactly("settled c 0-60000 1/2 5 users 1");
    assertThat(operator.output()).isEmpty();
    assertNothingIsHeld();
  }

  @Test
  void aWindowOfBotsHasTheLengthOfShortWindows() throws Exception {
    operator.event(new WindowDelta(TotalsWindows.BOT_ADDRESS + "2001:db8::1", 2, 1, 1));
    operator.watermark(19_999);

    assertThat(described(operator.side(TotalsWindows.BOTS)))
        .containsExactly("bot 2001:db8::1 10000-20000 1/1 0 users 0");
    assertThat(operator.output()).isEmpty();
    assertNothingIsHeld();
  }

  /** Only the last three windows with enough impressions count. */
  @Test
  void earlierRatesAreSummedWithTheirPopulationDeviation() throws Exception {
    publisher(0, 10, 1);
    publisher(1, 10, 2);
    publisher(2, 9, 9);
    publisher(3, 10, 6);
    operator.restart();
    publisher(4, 10, 0);
    publisher(5, 10, 0);
    operator.watermark(6 * MINUTE);

    List<PublisherWindow> windows = operator.side(TotalsWindows.PUBLISHERS);
    assertThat(windows)
        .extracting(window -> window.trailingWindows)
        .containsExactly(0L, 1L, 2L, 3L, 3L);
    assertThat(windows)
        .extracting(window -> window.trailingSumPpm)
        .containsExactly(0L, 100_000L, 300_000L, 900_000L, 800_000L);
    // Rates of 10 %, 20 % and 60 %: mean 30 %, squared differences 400, 100 and 900.
    assertThat(windows.get(3).trailingDeviationPpm)
        .isCloseTo(10_000 * Math.sqrt(1_400 / 3.0), within(1e-6));
  }

  @Test
  void aRateIsRoundedHalfUp() throws Exception {
    publisher(0, 3_000_000, 1);
    publisher(1, 2_000_000, 1);
    publisher(2, 30, 20);
    operator.watermark(3 * MINUTE);

    assertThat(operator.side(TotalsWindows.PUBLISHERS))
        .extracting(window -> window.ctrPpm)
        .containsExactly(0L, 1L, 666_667L);
  }

  @Test
  void aPublisherIsForgottenAfterAWeekWithoutAWindow() throws Exception {
    publisher(0, 10, 1);
    operator.watermark(WEEK + MINUTE);
    delta("publisher:p", MINUTE + WEEK + MINUTE, 10, 1, 0, 1);
    operator.watermark(2 * WEEK);

    assertThat(operator.side(TotalsWindows.PUBLISHERS))
        .extracting(window -> window.trailingWindows)
        .containsExactly(0L, 0L);
    operator.watermark(3 * WEEK);
    assertNothingIsHeld();
  }

  @Test
  void aPublisherIsKeptForExactlyAWeek() throws Exception {
    publisher(0, 10, 1);
    operator.watermark(WEEK);
    delta("publisher:p", MINUTE + WEEK - MINUTE + 30_000, 10, 1, 0, 1);
    operator.watermark(MINUTE + WEEK + MINUTE);

    assertThat(operator.side(TotalsWindows.PUBLISHERS))
        .extracting(window -> window.trailingWindows)
        .containsExactly(0L, 1L);
  }

  @Test
  void aPublisherWithVeryManyWindowsHasOneTimerToForgetIt() throws Exception {
    for (int window = 0; window < 200; window++) {
      publisher(window, 10, 1);
      operator.watermark((window + 1) * MINUTE);
    }

    assertThat(operator.timers()).isOne();
    operator.drain();
    assertNothingIsHeld();
  }

  /** Writing the timer groups sets other keys. */
  @Test
  void anEventKeepsItsKeyWhenItMakesTheTimerGroupsBeWritten() throws Exception {
    for (int key = 0; key <= TimerGroups.MAX_KEYS; key++) {
      delta("ad:a" + key, 0, 1, 0, key, 1);
    }
    operator.drain();

    assertThat(operator.output()).hasSize(TimerGroups.MAX_KEYS + 1);
    assertThat(described(operator.output()))
        .allMatch(window -> window.matches("ad a(\\d+) 0-60000 1/0 \\1 users 1"));
    assertNothingIsHeld();
  }

  private void publisher(long window, long impressions, long clicks) throws Exception {
    delta("publisher:p", window * MINUTE, impressions, clicks, 0, 1);
  }

  private void delta(String key, long time, long... counts) throws Exception {
    operator.event(new WindowDelta(key, time / MINUTE + 1, counts));
  }

  private void assertNothingIsHeld() throws Exception {
    assertThat(operator.keysHeld("totals")).isZero();
    assertThat(operator.keysHeld("rates")).isZero();
    assertThat(operator.timers()).isZero();
  }

  private static List<String> described(List<WindowTotals> windows) {
    return windows.stream()
        .map(
            window ->
                String.format(
                    "%s %s %d-%d %d/%d %d users %d",
                    window.type(),
                    window.id(),
                    window.windowStart,
                    window.windowEnd,
                    window.counts[WindowTotals.IMPRESSIONS],
                    window.counts[WindowTotals.CLICKS],
                    window.counts[WindowTotals.COST_MICROS],
                    window.counts[WindowTotals.USERS]))
        .collect(Collectors.toList());
  }
}
