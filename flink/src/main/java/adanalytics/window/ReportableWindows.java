package adanalytics.window;

import java.io.Serializable;
import java.util.Arrays;

/**
 * Decides which windows of actors a fraud rule may find: the other windows, which are nearly all,
 * are never emitted and need no timer. This is a necessary condition of each rule. The views in
 * {@code flink/sql} apply the rules themselves, with the same settings. Counts only grow, so a
 * reportable window stays reportable.
 */
public final class ReportableWindows implements Serializable {
  private static final long serialVersionUID = 1L;

  private final long shortImpressions;
  private final long shortClicks;
  private final long shortUnattributedClicks;
  private final long longClicks;
  private final long longImpressionsOfRate;
  private final long longClicksOfRate;
  private final long longUsers;

  /**
   * @param impressionsAbove a short window with more impressions is reportable
   * @param clicksAbove a short window with more clicks is reportable
   * @param unattributedClicksAbove a short window with more unattributed clicks is reportable
   * @param clicksFrom a long window with at least this number of clicks is reportable
   * @param impressionsOfRateFrom a long window with at least this number of impressions is
   *     reportable if it has more than {@code rateAbove} clicks per impression
   * @param rateAbove clicks for each impression
   * @param usersAbove a long window with more users is reportable
   */
  public ReportableWindows(
      long impressionsAbove,
      long clicksAbove,
      long unattributedClicksAbove,
      long clicksFrom,
      long impressionsOfRateFrom,
      double rateAbove,
      long usersAbove) {
    shortImpressions = impressionsAbove + 1;
    shortClicks = clicksAbove + 1;
    shortUnattributedClicks = unattributedClicksAbove + 1;
    longClicks = clicksFrom;
    longImpressionsOfRate = impressionsOfRateFrom;
    // Not rounded up, because the product itself may be rounded up to an integer.
    longClicksOfRate = (long) (rateAbove * impressionsOfRateFrom);
    longUsers = usersAbove + 1;
  }

  /**
   * The thresholds, in the order of the fields. They are stored in the state and compared after a
   * restore.
   */
  @Override
  public String toString() {
    return Arrays.toString(
        new long[] {
          shortImpressions,
          shortClicks,
          shortUnattributedClicks,
          longClicks,
          longImpressionsOfRate,
          longClicksOfRate,
          longUsers
        });
  }

  boolean isShort(long impressions, long clicks, long unattributedClicks) {
    return impressions >= shortImpressions
        || clicks >= shortClicks
        || unattributedClicks >= shortUnattributedClicks;
  }

  boolean isLong(long impressions, long clicks, long users) {
    return clicks >= longClicks
        || users >= longUsers
        || (impressions >= longImpressionsOfRate && clicks >= longClicksOfRate && clicks > 0);
  }
}
