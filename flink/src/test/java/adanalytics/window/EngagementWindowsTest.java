package adanalytics.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EngagementWindowsTest {
  private static final SlidingWindows WINDOWS = new SlidingWindows(120_000, 60_000);
  private static final byte IMPRESSION = EngagementEvent.IMPRESSION;
  private static final byte CLICK = EngagementEvent.CLICK;
  private static final byte VALID_CLICK = EngagementEvent.VALID_CLICK;

  private WindowHarness<EngagementEvent, UserWindow> operator;

  @BeforeEach
  void open() throws Exception {
    operator = new WindowHarness<>(new EngagementWindows(WINDOWS), event -> event.userId);
  }

  @AfterEach
  void close() throws Exception {
    operator.close();
  }

  @Test
  void putsOutTheWindowThatEndsAfterAnEventOnce() throws Exception {
    event("u", "c", 60_000, IMPRESSION);
    operator.watermark(119_998);
    assertThat(windows()).isEmpty();

    operator.watermark(119_999);
    assertThat(windows()).containsExactly("u 0-120000 1 impressions 0 clicks 1 campaigns");
    operator.drain();
    assertThat(windows()).hasSize(1);
    assertNothingIsHeld();
  }

  /** A click is scored for the user of its impression, who did nothing at that time. */
  @Test
  void aScoredClickAloneIsNoNews() throws Exception {
    event("u", "c", 60_000, IMPRESSION);
    event("u", "c", 130_000, VALID_CLICK);
    operator.drain();

    assertThat(windows()).containsExactly("u 0-120000 1 impressions 0 clicks 1 campaigns");
    assertNothingIsHeld();
  }

  /** The half-life is half the window, a minute: 2^-1, 2^-0.5 at 90 s, and the same a slide on. */
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
  void aQuietTimeBetweenTwoEventsHasNoWindow() throws Exception {
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
  void goesOnFromASnapshot() throws Exception {
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
  void windowsOfOtherSettingsAreForgotten() throws Exception {
    event("u", "c", 10_000, IMPRESSION);
    operator.restart(new EngagementWindows(new SlidingWindows(60_000, 30_000)));
    event("v", "c", 10_000, IMPRESSION);
    operator.drain();

    assertThat(windows()).containsExactly("v -30000-30000 1 impressions 0 clicks 1 campaigns");
    assertNothingIsHeld();
  }

  @Test
  void manyCampaignsOfAUserAreCountedAsFewAre() throws Exception {
    int campaigns = 3 * Members.MOST_IN_THE_VALUE;
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
  void campaignsOfAUserWhoIsNeverQuietAreForgotten() throws Exception {
    for (int campaign = 0; campaign < 500; campaign++) {
      event("u", "c" + campaign, 2_000L * campaign, CLICK);
      operator.watermark(2_000L * campaign);
    }

    assertThat(operator.entriesHeld(EngagementWindows.CAMPAIGNS_OF_USER)).isLessThan(190);
  }

  private void assertNothingIsHeld() {
    assertThat(operator.keysHeld("user")).isZero();
    assertThat(operator.keysHeld("campaigns")).isZero();
    assertThat(operator.timers()).isZero();
  }

  private void event(String user, String campaign, long time, byte what) throws Exception {
    EngagementEvent event = new EngagementEvent();
    event.userId = user;
    event.campaignId = campaign;
    event.time = time;
    event.what = what;
    operator.event(event);
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
