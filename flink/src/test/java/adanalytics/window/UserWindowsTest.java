package adanalytics.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import adanalytics.event.Impression;
import adanalytics.event.TestEvents;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class UserWindowsTest {
  private static final SlidingWindows WINDOWS = new SlidingWindows(120_000, 60_000);
  private static final SlidingWindows METRICS = SlidingWindows.tumbling(10_000);
  private static final byte IMPRESSION = UserEvent.IMPRESSION;
  private static final byte CLICK = UserEvent.CLICK;
  private static final byte VALID_CLICK = UserEvent.VALID_CLICK;

  private WindowHarness<UserEvent, UserWindow> operator;

  @BeforeEach
  void open() throws Exception {
    operator =
        new WindowHarness<>(
            new UserWindows(TestSettings.of(WINDOWS, METRICS)), event -> event.userId);
  }

  @AfterEach
  void close() throws Exception {
    operator.close();
  }

  @Test
  void emitsTheWindowAfterAnEventOnce() throws Exception {
    event("u", "c", 60_000, IMPRESSION);
    operator.watermark(119_998);
    assertThat(windows()).isEmpty();

    operator.watermark(119_999);
    assertThat(windows()).containsExactly("u 0-120000 1 impressions 0 clicks 1 campaigns");
    operator.drain();
    assertThat(windows()).hasSize(1);
    assertNothingIsHeld();
  }

  /** A click is scored for the user of its impression, who has no event at that time. */
  @Test
  void aScoredClickAloneDoesNotEmitAResult() throws Exception {
    event("u", "c", 60_000, IMPRESSION);
    event("u", "c", 130_000, VALID_CLICK);
    operator.drain();

    assertThat(windows()).containsExactly("u 0-120000 1 impressions 0 clicks 1 campaigns");
    assertNothingIsHeld();
  }

  /**
   * The half-life is half the window, one minute: weights 2^-1, 2^-0.5 at 90 s, and the same one
   * slide later.
   */
  @Test
  void anEventWeighsHalfAsMuchForEveryHalfWindowBeforeTheEnd() throws Exception {
    event("u", "c", 60_000, IMPRESSION);
    event("u", "c", 90_000, VALID_CLICK);
    event("u", "c", 120_000, CLICK);
    operator.drain();

    assertThat(operator.output())
        .extracting(window -> window.impressionWeight)
        .containsExactly(500_000L, 250_000L);
    assertThat(operator.output())
        .extracting(window -> window.validClickWeight)
        .containsExactly(707_107L, 353_553L);
  }

  @Test
  void aClickCountsItsCampaignAndAValidOneScoresIt() throws Exception {
    event("u", "shown", 0, IMPRESSION);
    event("u", "clicked", 1, CLICK);
    event("u", "valid", 2, VALID_CLICK);
    event("u", "valid", 3, VALID_CLICK);
    operator.watermark(60_000);

    assertThat(operator.output())
        .extracting(window -> window.campaigns, window -> window.scoringCampaigns)
        .containsExactly(tuple(2L, 2L));
  }

  @Test
  void aCampaignIsCountedOnceInEachWindow() throws Exception {
    event("u", "c", 0, IMPRESSION);
    event("u", "d", 100_000, IMPRESSION);
    event("u", "c", 59_999, IMPRESSION);
    event("u", "c", 120_000, IMPRESSION);
    operator.drain();

    assertThat(operator.output())
        .extracting(window -> window.campaigns)
        .containsExactly(1L, 2L, 2L);
  }

  @Test
  void noWindowIsEmittedForATimeWithoutEvents() throws Exception {
    event("u", "c", 0, IMPRESSION);
    event("u", "c", 600_000, CLICK);
    operator.drain();

    assertThat(operator.output())
        .extracting(window -> window.windowEnd)
        .containsExactly(60_000L, 660_000L);
    assertNothingIsHeld();
  }

  @Test
  void anEventBeforeAnotherOpensItsOwnWindows() throws Exception {
    event("u", "c", 130_000, IMPRESSION);
    event("u", "c", 10_000, IMPRESSION);
    operator.watermark(59_999);

    assertThat(windows()).containsExactly("u -60000-60000 1 impressions 0 clicks 1 campaigns");
  }

  @Test
  void continuesFromASnapshot() throws Exception {
    event("u", "c", 10_000, IMPRESSION);
    event("v", "c", 10_000, IMPRESSION);
    operator.watermark(59_999);
    operator.restart();
    event("u", "d", 70_000, CLICK);
    operator.drain();

    assertThat(windows())
        .containsExactlyInAnyOrder(
            "u -60000-60000 1 impressions 0 clicks 1 campaigns",
            "v -60000-60000 1 impressions 0 clicks 1 campaigns",
            "u 0-120000 1 impressions 1 clicks 2 campaigns");
    assertNothingIsHeld();
  }

  @Test
  void aValueOfOtherWindowsIsRefused() throws Exception {
    event("u", "c", 10_000, IMPRESSION);
    operator.restart(new UserWindows(TestSettings.of(new SlidingWindows(60_000, 30_000), METRICS)));

    assertThatThrownBy(() -> event("u", "c", 10_000, IMPRESSION))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("windows of 120000 ms that slide by 60000 ms")
        .hasMessageContaining("the settings say 60000 ms and 30000 ms");
  }

  @Test
  void anEventCountsForItsFiveDimensionsAndItsUserOnceInEachWindow() throws Exception {
    UserEvent event = userEvent("u", "c:1", 9_999, IMPRESSION);
    event.adId = "a";
    event.publisherId = "p";
    event.deviceType = "tablet";
    event.country = "DE";
    event.costMicros = 7;
    operator.event(event);
    event("u", "c:1", 9_000, CLICK);
    event("u", "c:1", 10_000, CLICK);

    assertThat(deltas())
        .containsExactly(
            "campaign:c:1 0-10000 1/0 7 users 1",
            "ad:a 0-10000 1/0 7 users 1",
            "publisher:p 0-10000 1/0 7 users 1",
            "device_type:tablet 0-10000 1/0 7 users 1",
            "country:DE 0-10000 1/0 7 users 1",
            "campaign:c:1 0-10000 0/1 0 users 0",
            "ad:null 0-10000 0/1 0 users 1",
            "publisher:null 0-10000 0/1 0 users 1",
            "device_type:null 0-10000 0/1 0 users 1",
            "country:null 0-10000 0/1 0 users 1",
            "campaign:c:1 10000-20000 0/1 0 users 1",
            "ad:null 10000-20000 0/1 0 users 1",
            "publisher:null 10000-20000 0/1 0 users 1",
            "device_type:null 10000-20000 0/1 0 users 1",
            "country:null 10000-20000 0/1 0 users 1");
  }

  @Test
  void anEventWithoutDeviceAndCountryCountsUnderUnknown() throws Exception {
    Impression impression = TestEvents.impression("i", 0);
    impression.deviceType = null;
    impression.country = null;
    operator.event(UserEvent.of(impression));

    assertThat(operator.side(UserWindows.DELTAS))
        .extracting(delta -> delta.key)
        .contains("device_type:unknown", "country:unknown");
  }

  @Test
  void aWindowThatARuleAsksForComesUnderTheUser() throws Exception {
    operator.restart(
        new UserWindows(
            TestSettings.of(
                new SlidingWindows(60_000, 20_000),
                new SlidingWindows(120_000, 60_000),
                new ReportableWindows(2, 1, 1, 3, 1_000, 0.5, 1),
                WINDOWS,
                METRICS)));
    for (int click = 0; click < 3; click++) {
      event("u", "c", 1_000 * click, CLICK);
      event("v", "c", 1_000 * click, IMPRESSION);
      event("w", "c", 1_000 * click, VALID_CLICK);
    }
    operator.drain();

    assertThat(operator.side(UserWindows.SHORT))
        .extracting(w -> w.actorType + " " + w.actorId + " " + w.windowStart)
        .containsExactlyInAnyOrder(
            "user u -40000",
            "user u -20000",
            "user u 0",
            "user v -40000",
            "user v -20000",
            "user v 0");
    assertThat(operator.side(UserWindows.LONG))
        .extracting(w -> w.actorId, w -> w.windowStart, w -> w.clicks, w -> w.clickGapVariation)
        .containsExactly(tuple("u", -60_000L, 3L, 0.0), tuple("u", 0L, 3L, 0.0));
    assertNothingIsHeld();
  }

  @Test
  void aScoredClickCountsForNoDimension() throws Exception {
    event("u", "c", 0, VALID_CLICK);

    assertThat(deltas()).isEmpty();
  }

  @Test
  void aUserIsRememberedOverARestartAndThroughTheMap() throws Exception {
    int campaigns = 3 * DistinctMembers.MAX_IN_THE_VALUE;
    for (int campaign = 0; campaign < campaigns; campaign++) {
      event("u", "c" + campaign, 1, IMPRESSION);
    }
    assertThat(operator.keysHeld("keys")).isOne();
    operator.restart();
    event("u", "c1", 2, IMPRESSION);

    assertThat(deltas()).contains("campaign:c1 0-10000 1/0 0 users 0");
    operator.drain();
    assertNothingIsHeld();
  }

  /**
   * The value is kept for the metrics window, which ends after the engagement windows of the event.
   */
  @Test
  void aLongMetricsWindowOutlivesTheEngagementWindows() throws Exception {
    operator.restart(new UserWindows(TestSettings.of(WINDOWS, SlidingWindows.tumbling(3_600_000))));
    event("u", "c", 0, IMPRESSION);
    operator.watermark(3_000_000);
    event("u", "c", 3_500_000, IMPRESSION);
    assertThat(operator.side(UserWindows.DELTAS))
        .filteredOn(delta -> delta.key.equals("campaign:c"))
        .extracting(delta -> delta.counts[WindowTotals.USERS])
        .containsExactly(1L, 0L);

    operator.watermark(3_650_000);
    assertNothingIsHeld();
  }

  @Test
  void manyCampaignsOfAUserAreCountedAsFewAre() throws Exception {
    int campaigns = 3 * DistinctMembers.MAX_IN_THE_VALUE;
    for (int round = 0; round < 2; round++) {
      for (int campaign = 0; campaign < campaigns; campaign++) {
        event("u", "c" + campaign, 70_000L * round + campaign, IMPRESSION);
      }
    }
    assertThat(operator.keysHeld("campaigns")).isOne();
    operator.restart();
    event("u", "another", 130_000, CLICK);
    operator.drain();

    assertThat(operator.output())
        .extracting(window -> window.campaigns)
        .containsExactly((long) campaigns, (long) campaigns, campaigns + 1L);
    assertNothingIsHeld();
  }

  @Test
  void campaignsOfAnAlwaysActiveUserAreRemoved() throws Exception {
    for (int campaign = 0; campaign < 500; campaign++) {
      event("u", "c" + campaign, 2_000L * campaign, CLICK);
      operator.watermark(2_000L * campaign);
    }

    assertThat(operator.entriesHeld(UserWindows.CAMPAIGNS_OF_USER)).isLessThan(190);
  }

  @Test
  void aLoweredThresholdAppliesToOpenWindowsWithoutFurtherEvents() throws Exception {
    operator.restart(new UserWindows(clicksAbove(10)));
    for (int i = 0; i < 8; i++) {
      event("u", "c", 60_000 + 1_000 * i, CLICK);
    }
    operator.restart(new UserWindows(clicksAbove(5)));
    operator.drain();

    assertThat(operator.side(UserWindows.SHORT))
        .extracting(window -> window.windowEnd, window -> window.clicks)
        .containsExactly(tuple(80_000L, 8L), tuple(100_000L, 8L), tuple(120_000L, 8L));
    assertThat(operator.side(UserWindows.LONG))
        .extracting(window -> window.windowEnd, window -> window.clickGapVariation)
        .containsExactly(tuple(120_000L, 0.0), tuple(180_000L, 0.0));
    assertNothingIsHeld();
  }

  private static WindowSettings clicksAbove(long clicks) {
    return TestSettings.of(
        new SlidingWindows(60_000, 20_000),
        new SlidingWindows(120_000, 60_000),
        new ReportableWindows(1_000, clicks, 1_000, clicks + 1, 1_000, 0.5, 1_000),
        WINDOWS,
        METRICS);
  }

  private void assertNothingIsHeld() throws Exception {
    assertThat(operator.keysHeld("user")).isZero();
    assertThat(operator.keysHeld("campaigns")).isZero();
    assertThat(operator.keysHeld("keys")).isZero();
    assertThat(operator.timers()).isZero();
  }

  private void event(String user, String campaign, long time, byte what) throws Exception {
    operator.event(userEvent(user, campaign, time, what));
  }

  private static UserEvent userEvent(String user, String campaign, long time, byte what) {
    UserEvent event = new UserEvent();
    event.userId = user;
    event.campaignId = campaign;
    event.time = time;
    event.what = what;
    return event;
  }

  private List<String> deltas() {
    return operator.side(UserWindows.DELTAS).stream()
        .map(
            delta ->
                String.format(
                    "%s %d-%d %d/%d %d users %d",
                    delta.key,
                    METRICS.start(delta.window),
                    METRICS.end(delta.window),
                    delta.counts[WindowTotals.IMPRESSIONS],
                    delta.counts[WindowTotals.CLICKS],
                    delta.counts[WindowTotals.COST_MICROS],
                    delta.counts[WindowTotals.USERS]))
        .collect(Collectors.toList());
  }

  private List<String> windows() {
    return operator.output().stream()
        .map(
            w ->
                String.format(
                    "%s %d-%d %d impressions %d clicks %d campaigns",
                    w.userId, w.windowStart, w.windowEnd, w.impressions, w.clicks, w.campaigns))
        .collect(Collectors.toList());
  }
}
