package adanalytics.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class ReportableWindowsTest {
  private final ReportableWindows windows = new ReportableWindows(120, 10, 5, 6, 10, 0.5, 20);

  @Example
  void aShortWindowIsReportableAboveAThreshold() {
    assertThat(windows.isShort(120, 10, 5)).isFalse();
    assertThat(windows.isShort(121, 0, 0)).isTrue();
    assertThat(windows.isShort(0, 11, 0)).isTrue();
    assertThat(windows.isShort(0, 0, 6)).isTrue();
  }

  @Example
  void aLongWindowIsReportableIfARuleMayFindIt() {
    assertThat(windows.isLong(9, 5, 20)).isFalse();
    assertThat(windows.isLong(0, 6, 0)).isTrue();
    assertThat(windows.isLong(10, 5, 0)).isTrue();
    assertThat(windows.isLong(10_000, 4, 0)).isFalse();
    assertThat(windows.isLong(0, 0, 21)).isTrue();
  }

  /**
   * The product of threshold and impressions is rounded; no window that breaks the rule may be left
   * out.
   */
  @Property
  void noWindowThatBreaksTheRuleAboutRatesIsLeftOut(
      @ForAll @IntRange(min = 1, max = 3_000_000) int millionths,
      @ForAll @IntRange(min = 1, max = 1_000) int minImpressions,
      @ForAll @IntRange(max = 1_000) int moreImpressions) {
    double threshold = Double.parseDouble(BigDecimal.valueOf(millionths, 6).toString());
    ReportableWindows ofRate =
        new ReportableWindows(
            1, 1, 1, Integer.MAX_VALUE, minImpressions, threshold, Integer.MAX_VALUE);
    long impressions = minImpressions + moreImpressions;
    long clicks = (long) (threshold * impressions) - 1;
    while (clicks < 0 || (double) clicks / impressions <= threshold) {
      clicks++;
    }

    assertThat(ofRate.isLong(impressions, clicks, 0)).isTrue();
  }
}
