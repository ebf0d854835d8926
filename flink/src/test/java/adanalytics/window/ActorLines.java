package adanalytics.window;

/** Formats windows of actors as lines, in the format of {@link WindowModel}. */
final class ActorLines {
  private ActorLines() {}

  static String ofShort(ActorWindow w) {
    return String.format(
        "short %s %d..%d %d/%d/%d",
        w.actorId, w.windowStart, w.windowEnd, w.impressions, w.clicks, w.unattributedClicks);
  }

  static String ofLong(ActorWindow w) {
    return String.format(
        "long %s %d..%d %d/%d/%d %s",
        w.actorId,
        w.windowStart,
        w.windowEnd,
        w.impressions,
        w.clicks,
        w.users,
        w.clickGapVariation);
  }
}
