package adanalytics.window;

import java.io.Serializable;
import java.util.Arrays;

/**
 * Which windows of actors the rules about invalid traffic can have something to say about: the
 * others, nearly all, are never emitted, and cost no timer. This is a necessary condition of each
 * rule. The views in {@code flink/sql} decide what breaks a rule, with the same settings. Counts
 * only grow, so a window that is reportable stays so.
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
   * @param impressionsAbove more in a short window are reportable; so in the next two
   * @param clicksAbove clicks
   * @param unattributedClicksAbove unattributed clicks
   * @param clicksFrom so many clicks in a long window are reportable
   * @param impressionsOfRateFrom so many impressions in a long window are reportable, if there are
   *     {@code rateAbove} clicks for each of them
   * @param rateAbove clicks for each impression
   * @param usersAbove more users in a long window are reportable
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
    // Not rounded up: the product itself may be rounded up to a whole number.
    longClicksOfRate = (long) (rateAbove * impressionsOfRateFrom);
    longUsers = usersAbove + 1;
  }

  /** The thresholds, in the order of the fields: kept in the state, to be compared. */
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
