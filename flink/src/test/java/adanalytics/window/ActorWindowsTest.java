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
import org.apache.flink.util.Collector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ActorWindowsTest {
  private static final SlidingWindows SHORT = new SlidingWindows(60_000, 20_000);
  private static final SlidingWindows LONG = new SlidingWindows(120_000, 60_000);

  /** More than 2 impressions, 1 click, 1 unattributed one; long: 3 clicks, or 2 users. */
  private static final ReportableWindows REPORTABLE =
      new ReportableWindows(2, 1, 1, 3, 1_000, 0.5, 1);

  private WindowHarness<ActorEvent, ActorWindow> operator;

  @BeforeEach
  void open() throws Exception {
    operator = new WindowHarness<>(windows(SHORT, LONG), event -> event.actor);
  }

  @AfterEach
  void close() throws Exception {
    operator.close();
  }

  @Test
  void putsOutEachWindowThatHoldsEnoughWhenTheWatermarkPassesItsEnd() throws Exception {
    show("u", null, 60_000);
    show("u", null, 65_000);
    show("u", null, 79_999);
    operator.watermark(79_998);
    assertThat(shortWindows()).isEmpty();

    operator.watermark(79_999);
    assertThat(shortWindows()).containsExactly("user u 20000-80000 3/0/0");
    operator.watermark(120_000);
    assertThat(shortWindows())
        .containsExactly(
            "user u 20000-80000 3/0/0", "user u 40000-100000 3/0/0", "user u 60000-120000 3/0/0");
  }

  @Test
  void aWindowHoldsItsStartAndNotItsEnd() throws Exception {
    show("u", null, 60_000);
    show("u", null, 60_000);
    show("u", null, 119_999);
    show("u", null, 120_000);
    operator.drain();

    assertThat(shortWindows()).containsExactly("user u 60000-120000 3/0/0");
  }

  @Test
  void countsUnderTheAddressAndTheUser() throws Exception {
    click("u", "i", 10);
    click("u", "i", 20);
    operator.watermark(20_000);

    assertThat(shortWindows())
        .containsExactlyInAnyOrder("ip i -40000-20000 0/2/0", "user u -40000-20000 0/2/0");
  }

  @Test
  void unattributedClicksCountUnderTheAddressInShortWindowsOnly() throws Exception {
    for (int i = 0; i < 4; i++) {
      ofAddress("u", "i", 10, ActorEvent.UNATTRIBUTED_CLICK);
    }
    operator.drain();

    assertThat(shortWindows())
        .containsExactly(
            "ip i -40000-20000 0/0/4", "ip i -20000-40000 0/0/4", "ip i 0-60000 0/0/4");
    assertThat(longWindows()).isEmpty();
    assertNothingIsHeld();
  }

  @Test
  void oneActorsWindowsAreNotAnothers() throws Exception {
    for (String user : List.of("a", "b", "a", "b")) {
      show(user, null, 10);
    }
    operator.drain();

    assertThat(shortWindows()).isEmpty();
  }

  /** The same id may be an address and a user. */
  @Test
  void anAddressIsNoUser() throws Exception {
    show("x", "x", 10);
    show("x", "x", 10);
    show("y", "x", 10);
    operator.watermark(20_000);

    assertThat(shortWindows()).containsExactly("ip x -40000-20000 3/0/0");
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
  void tellsHowEvenTheGapsBetweenClicksAre() throws Exception {
    click("u", null, 4_000);
    click("u", null, 0);
    click("u", null, 1_000);
    operator.drain();

    assertThat(operator.side(ActorWindows.LONG))
        .extracting(window -> window.clicks, window -> window.clickGapVariation)
        .containsOnly(tuple(3L, 0.5));
  }

  @Test
  void aClickThatComesAfterALaterOneCountsInItsPlace() throws Exception {
    click("u", null, 0);
    operator.watermark(0);
    click("u", null, 4_000);
    click("u", null, 2_000);
    operator.watermark(3_000);
    click("u", null, 6_000);
    operator.drain();

    assertThat(operator.side(ActorWindows.LONG))
        .extracting(window -> window.clickGapVariation)
        .containsOnly(0.0);
  }

  @Test
  void oneWatermarkMayCloseManyWindows() throws Exception {
    for (long time = 0; time <= 300_000; time += 10_000) {
      click("u", null, time);
    }
    operator.watermark(1_000_000);

    assertThat(longWindows()).hasSize(6);
    assertThat(shortWindows()).hasSize(17);
    assertThat(operator.side(ActorWindows.LONG))
        .extracting(window -> window.clickGapVariation)
        .containsOnly(0.0);
    assertNothingIsHeld();
  }

  @Test
  void goesOnFromASnapshot() throws Exception {
    click("u", "i", 10_000);
    click("v", "i", 50_000);
    operator.watermark(20_000);
    operator.restart();
    click("u", "i", 30_000);
    operator.drain();

    assertThat(shortWindows())
        .contains("ip i -20000-40000 0/2/0", "ip i 0-60000 0/3/0", "user u 0-60000 0/2/0");
    assertThat(operator.side(ActorWindows.LONG))
        .filteredOn(window -> window.actorType.equals("ip"))
        .extracting(window -> window.users, window -> window.clickGapVariation)
        .containsOnly(tuple(2L, 0.0));
    assertNothingIsHeld();
  }

  /** Slides of other settings are other times: what is open then cannot be read. */
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
  void anActorWithFewEventsCostsOneTimer() throws Exception {
    show("u", null, 10_000);
    show("u", null, 30_000);
    assertThat(operator.timers()).isOne();

    operator.watermark(119_998);
    assertThat(operator.timers()).isOne();
    assertThat(operator.keysHeld("actor")).isOne();
    operator.watermark(119_999);
    assertThat(operator.output()).isEmpty();
    assertNothingIsHeld();
  }

  @Test
  void manyUsersOfAnAddressAreCountedAsFewAre() throws Exception {
    int users = 3 * Members.MOST_IN_THE_VALUE;
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
  void usersOfAnAddressThatIsNeverQuietAreForgotten() throws Exception {
    for (int user = 0; user < 500; user++) {
      ofAddress("u" + user, "i", 2_000L * user, ActorEvent.IMPRESSION);
      operator.watermark(2_000L * user);
    }
    assertThat(operator.entriesHeld(ActorWindows.USERS_OF_ACTOR)).isLessThan(200);
  }

  private void assertNothingIsHeld() {
    assertThat(operator.keysHeld("actor")).isZero();
    assertThat(operator.keysHeld("users")).isZero();
    assertThat(operator.timers()).isZero();
  }

  private static ActorWindows windows(SlidingWindows shortWindows, SlidingWindows longWindows) {
    return new ActorWindows(shortWindows, longWindows, REPORTABLE);
  }

  private void show(String user, String ip, long time) throws Exception {
    ofBoth(TestEvents.impression("i", time), user, ip, ActorEvent.IMPRESSION);
  }

  private void click(String user, String ip, long time) throws Exception {
    ofBoth(TestEvents.click("c", "i", time), user, ip, ActorEvent.CLICK);
  }

  private void ofBoth(AdEvent event, String user, String ip, byte what) throws Exception {
    event.userId = user;
    event.ip = ip;
    List<ActorEvent> events = new ArrayList<>();
    ActorEvent.ofBoth(event, what, collector(events));
    for (ActorEvent one : events) {
      operator.event(one);
    }
  }

  private void ofAddress(String user, String ip, long time, byte what) throws Exception {
    AdEvent event = TestEvents.click("c", "i", time);
    event.userId = user;
    event.ip = ip;
    List<ActorEvent> events = new ArrayList<>();
    ActorEvent.ofAddress(event, what, collector(events));
    for (ActorEvent one : events) {
      operator.event(one);
    }
  }

  private static <T> Collector<T> collector(List<T> into) {
    return new ListCollector<>(into);
  }

  private List<String> shortWindows() {
    return operator.output().stream()
        .map(w -> name(w) + " " + w.impressions + "/" + w.clicks + "/" + w.unattributedClicks)
        .collect(Collectors.toList());
  }

  private List<String> longWindows() {
    return operator.side(ActorWindows.LONG).stream()
        .map(w -> name(w) + (w.actorType.equals("ip") ? " " + w.users : ""))
        .collect(Collectors.toList());
  }

  private static String name(ActorWindow w) {
    return w.actorType + " " + w.actorId + " " + w.windowStart + "-" + w.windowEnd;
  }
}
