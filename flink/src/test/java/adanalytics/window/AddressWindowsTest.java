package adanalytics.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import adanalytics.event.AdEvent;
import adanalytics.event.TestEvents;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.flink.api.common.functions.util.ListCollector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AddressWindowsTest {
  private static final SlidingWindows SHORT = new SlidingWindows(60_000, 20_000);
  private static final SlidingWindows LONG = new SlidingWindows(120_000, 60_000);

  /**
   * Thresholds of short windows: 2 impressions, 1 click, 1 unattributed click; of long ones: 3
   * clicks or 2 users.
   */
  private static final ReportableWindows REPORTABLE =
      new ReportableWindows(2, 1, 1, 3, 1_000, 0.5, 1);

  private WindowHarness<AddressEvent, ActorWindow> operator;

  @BeforeEach
  void open() throws Exception {
    operator = new WindowHarness<>(windows(SHORT, LONG), event -> event.ip);
  }

  @AfterEach
  void close() throws Exception {
    operator.close();
  }

  @Test
  void emitsEachReportableWindowWhenTheWatermarkPassesItsEnd() throws Exception {
    show("u", "i", 60_000);
    show("u", "i", 65_000);
    show("u", "i", 79_999);
    operator.watermark(79_998);
    assertThat(shortWindows()).isEmpty();

    operator.watermark(79_999);
    assertThat(shortWindows()).containsExactly("ip i 20000-80000 3/0/0");
    operator.watermark(120_000);
    assertThat(shortWindows())
        .containsExactly(
            "ip i 20000-80000 3/0/0", "ip i 40000-100000 3/0/0", "ip i 60000-120000 3/0/0");
  }

  @Test
  void aWindowHoldsItsStartAndNotItsEnd() throws Exception {
    show("u", "i", 60_000);
    show("u", "i", 60_000);
    show("u", "i", 119_999);
    show("u", "i", 120_000);
    operator.drain();

    assertThat(shortWindows()).containsExactly("ip i 60000-120000 3/0/0");
  }

  @Test
  void anEventWithoutAnAddressCountsForNone() throws Exception {
    click("u", null, 10);
    click("u", null, 20);
    operator.drain();

    assertThat(shortWindows()).isEmpty();
    assertNothingIsHeld();
  }

  @Test
  void unattributedClicksCountUnderTheAddressInShortWindowsOnly() throws Exception {
    for (int i = 0; i < 4; i++) {
      unattributedClick("u", "i", 10);
    }
    operator.drain();

    assertThat(shortWindows())
        .containsExactly(
            "ip i -40000-20000 0/0/4", "ip i -20000-40000 0/0/4", "ip i 0-60000 0/0/4");
    assertThat(longWindows()).isEmpty();
    assertNothingIsHeld();
  }

  @Test
  void windowsOfAddressesAreSeparate() throws Exception {
    for (String ip : List.of("a", "b", "a", "b")) {
      show("u", ip, 10);
    }
    operator.drain();

    assertThat(shortWindows()).isEmpty();
  }

  @Test
  void countsTheUsersOfAnAddressOnceInEachWindow() throws Exception {
    show("a", "i", 0);
    show("b", "i", 1);
    show("a", "i", 59_999);
    click("c", "i", 60_000);
    show("a", "i", 120_000);
    operator.drain();

    assertThat(longWindows())
        .containsExactly("ip i -60000-60000 2", "ip i 0-120000 3", "ip i 60000-180000 2");
  }

  @Test
  void computesTheVariationOfTheGapsBetweenClicks() throws Exception {
    click("u", "i", 4_000);
    click("u", "i", 0);
    click("u", "i", 1_000);
    operator.drain();

    assertThat(operator.side(AddressWindows.LONG))
        .extracting(window -> window.clicks, window -> window.clickGapVariation)
        .containsOnly(tuple(3L, 0.5));
  }

  @Test
  void aClickThatComesAfterALaterOneCountsInItsPlace() throws Exception {
    click("u", "i", 0);
    operator.watermark(0);
    click("u", "i", 4_000);
    click("u", "i", 2_000);
    operator.watermark(3_000);
    click("u", "i", 6_000);
    operator.drain();

    assertThat(operator.side(AddressWindows.LONG))
        .extracting(window -> window.clickGapVariation)
        .containsOnly(0.0);
  }

  @Test
  void oneWatermarkMayCloseManyWindows() throws Exception {
    for (long time = 0; time <= 300_000; time += 10_000) {
      click("u", "i", time);
    }
    operator.watermark(1_000_000);

    assertThat(longWindows()).hasSize(6);
    assertThat(shortWindows()).hasSize(17);
    assertThat(operator.side(AddressWindows.LONG))
        .extracting(window -> window.clickGapVariation)
        .containsOnly(0.0);
    assertNothingIsHeld();
  }

  @Test
  void continuesFromASnapshot() throws Exception {
    click("u", "i", 10_000);
    click("v", "i", 50_000);
    operator.watermark(20_000);
    operator.restart();
    click("u", "i", 30_000);
    operator.drain();

    assertThat(shortWindows()).contains("ip i -20000-40000 0/2/0", "ip i 0-60000 0/3/0");
    assertThat(operator.side(AddressWindows.LONG))
        .extracting(window -> window.users, window -> window.clickGapVariation)
        .containsOnly(tuple(2L, 0.0));
    assertNothingIsHeld();
  }

  /** A window gets a timer only when an event is counted in it while it is reportable. */
  @Test
  void aLoweredThresholdAppliesToOpenWindowsWithoutFurtherEvents() throws Exception {
    operator.restart(windows(SHORT, LONG, clicksAbove(10)));
    for (int i = 0; i < 8; i++) {
      click("u", "i", 60_000 + 1_000 * i);
    }
    operator.restart(windows(SHORT, LONG, clicksAbove(5)));
    operator.drain();

    assertThat(shortWindows())
        .containsExactly(
            "ip i 20000-80000 0/8/0", "ip i 40000-100000 0/8/0", "ip i 60000-120000 0/8/0");
    assertThat(operator.side(AddressWindows.LONG))
        .extracting(window -> window.windowEnd, window -> window.clickGapVariation)
        .containsExactly(tuple(120_000L, 0.0), tuple(180_000L, 0.0));
    assertNothingIsHeld();
  }

  /** Windows that ended before the change were evaluated with the earlier threshold. */
  @Test
  void aLoweredThresholdDoesNotApplyToEndedWindows() throws Exception {
    operator.restart(windows(SHORT, LONG, clicksAbove(10)));
    for (int i = 0; i < 8; i++) {
      click("u", "i", 60_000 + 1_000 * i);
    }
    operator.watermark(99_999);
    // No watermark is sent between the two events.
    operator.restart();
    operator.restart(windows(SHORT, LONG, clicksAbove(5)));
    click("u", "i", 110_000);
    operator.restart(windows(SHORT, LONG, clicksAbove(4)));
    operator.drain();

    assertThat(shortWindows()).containsExactly("ip i 60000-120000 0/9/0");
    assertNothingIsHeld();
  }

  /** A window with a timer is emitted, but the rules in SQL do not raise an alert for it. */
  @Test
  void aRaisedThresholdAppliesToLaterEvents() throws Exception {
    operator.restart(windows(SHORT, LONG, clicksAbove(5)));
    for (int i = 0; i < 8; i++) {
      click("u", "i", 60_000);
    }
    operator.restart(windows(SHORT, LONG, clicksAbove(10)));
    for (int i = 0; i < 4; i++) {
      click("u", "i", 81_000);
    }
    operator.drain();

    assertThat(shortWindows())
        .containsExactly(
            "ip i 20000-80000 0/8/0", "ip i 40000-100000 0/12/0", "ip i 60000-120000 0/12/0");
  }

  /**
   * With other settings, slides are at different times, so the open windows of the snapshot cannot
   * be read.
   */
  @Test
  void aValueOfOtherWindowsIsRefused() throws Exception {
    click("u", "i", 10_000);
    operator.restart(windows(new SlidingWindows(60_000, 30_000), LONG));

    assertThatThrownBy(() -> click("u", "i", 10_000))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("windows of 60000 ms that slide by 20000 ms")
        .hasMessageContaining("docs/runbooks/update-the-job.md");
  }

  @Test
  void anAddressWithFewEventsCostsOneTimer() throws Exception {
    show("u", "i", 10_000);
    show("u", "i", 30_000);
    assertThat(operator.timers()).isOne();

    operator.watermark(119_998);
    assertThat(operator.timers()).isOne();
    assertThat(operator.keysHeld("address")).isOne();
    operator.watermark(119_999);
    assertThat(operator.output()).isEmpty();
    assertNothingIsHeld();
  }

  @Test
  void manyUsersOfAnAddressAreCountedAsFewAre() throws Exception {
    int users = 3 * DistinctMembers.MAX_IN_THE_VALUE;
    for (int round = 0; round < 2; round++) {
      for (int user = 0; user < users; user++) {
        show("u" + user, "i", 70_000L * round + user);
      }
    }
    assertThat(operator.keysHeld("users")).isOne();
    operator.restart();
    show("another", "i", 130_000);
    operator.drain();

    assertThat(longWindows())
        .containsExactly(
            "ip i -60000-60000 " + users,
            "ip i 0-120000 " + users,
            "ip i 60000-180000 " + (users + 1));
    assertNothingIsHeld();
  }

  @Test
  void usersOfAnAlwaysActiveAddressAreRemoved() throws Exception {
    for (int user = 0; user < 500; user++) {
      show("u" + user, "i", 2_000L * user);
      operator.watermark(2_000L * user);
    }
    assertThat(operator.entriesHeld(AddressWindows.USERS_OF_ADDRESS)).isLessThan(200);
  }

  private void assertNothingIsHeld() throws Exception {
    assertThat(operator.keysHeld("address")).isZero();
    assertThat(operator.keysHeld("users")).isZero();
    assertThat(operator.timers()).isZero();
  }

  private static AddressWindows windows(SlidingWindows shortWindows, SlidingWindows longWindows) {
    return windows(shortWindows, longWindows, REPORTABLE);
  }

  private static AddressWindows windows(
      SlidingWindows shortWindows, SlidingWindows longWindows, ReportableWindows reportable) {
    return new AddressWindows(TestSettings.of(shortWindows, longWindows, reportable));
  }

  /** Only windows with more clicks than this are reportable, both short and long ones. */
  private static ReportableWindows clicksAbove(long clicks) {
    return new ReportableWindows(1_000, clicks, 1_000, clicks + 1, 1_000, 0.5, 1_000);
  }

  private void show(String user, String ip, long time) throws Exception {
    of(TestEvents.impression("i", time), user, ip, ActorCounter.IMPRESSION);
  }

  private void click(String user, String ip, long time) throws Exception {
    of(TestEvents.click("c", "i", time), user, ip, ActorCounter.CLICK);
  }

  private void unattributedClick(String user, String ip, long time) throws Exception {
    of(TestEvents.click("c", "i", time), user, ip, ActorCounter.UNATTRIBUTED_CLICK);
  }

  private void of(AdEvent event, String user, String ip, byte what) throws Exception {
    event.userId = user;
    event.ip = ip;
    List<AddressEvent> events = new ArrayList<>();
    AddressEvent.of(event, what, new ListCollector<>(events));
    for (AddressEvent one : events) {
      operator.event(one);
    }
  }

  private List<String> shortWindows() {
    return operator.output().stream()
        .map(w -> name(w) + " " + w.impressions + "/" + w.clicks + "/" + w.unattributedClicks)
        .collect(Collectors.toList());
  }

  private List<String> longWindows() {
    return operator.side(AddressWindows.LONG).stream()
        .map(w -> name(w) + " " + w.users)
        .collect(Collectors.toList());
  }

  private static String name(ActorWindow w) {
    return w.actorType + " " + w.actorId + " " + w.windowStart + "-" + w.windowEnd;
  }
}
