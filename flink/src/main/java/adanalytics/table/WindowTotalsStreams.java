package adanalytics.table;

import static adanalytics.table.Column.bigint;
import static adanalytics.table.Column.doubleNumber;
import static adanalytics.table.Column.string;
import static adanalytics.table.Column.timestamp;

import adanalytics.window.PublisherWindow;
import adanalytics.window.WindowTotals;
import java.util.List;

/** The streams of tumbling windows, with their columns. */
final class WindowTotalsStreams {
  private WindowTotalsStreams() {}

  static EventStream<WindowTotals> dimensionWindows() {
    return new EventStream<>(
        "dimension_window",
        pipeline -> pipeline.windows.dimensionWindows,
        List.of(
            string("dimension", e -> e.type()),
            string("key", e -> e.id()),
            timestamp("window_start", e -> e.windowStart),
            timestamp("window_end", e -> e.windowEnd),
            bigint("impressions", e -> e.counts[WindowTotals.IMPRESSIONS]),
            bigint("clicks", e -> e.counts[WindowTotals.CLICKS]),
            bigint("cost_micros", e -> e.counts[WindowTotals.COST_MICROS]),
            bigint("unique_users", e -> e.counts[WindowTotals.USERS])));
  }

  static EventStream<WindowTotals> settledWindows() {
    return new EventStream<>(
        "settled_window",
        pipeline -> pipeline.windows.settledWindows,
        List.of(
            string("campaign_id", e -> e.id()),
            timestamp("window_start", e -> e.windowStart),
            timestamp("window_end", e -> e.windowEnd),
            bigint("impressions", e -> e.counts[WindowTotals.IMPRESSIONS]),
            bigint("attributed_clicks", e -> e.counts[WindowTotals.CLICKS]),
            bigint("valid_clicks", e -> e.counts[WindowTotals.VALID_CLICKS]),
            bigint("cost_micros", e -> e.counts[WindowTotals.COST_MICROS])));
  }

  static EventStream<PublisherWindow> publisherWindows() {
    return new EventStream<>(
        "publisher_window",
        pipeline -> pipeline.windows.publisherWindows,
        List.of(
            string("publisher_id", e -> e.publisherId),
            timestamp("window_start", e -> e.windowStart),
            timestamp("window_end", e -> e.windowEnd),
            bigint("impressions", e -> e.impressions),
            bigint("ctr_ppm", e -> e.ctrPpm),
            bigint("trailing_windows", e -> e.trailingWindows),
            bigint("trailing_sum_ppm", e -> e.trailingSumPpm),
            doubleNumber("trailing_deviation_ppm", e -> e.trailingDeviationPpm)));
  }

  static EventStream<WindowTotals> botWindows() {
    return new EventStream<>(
        "bot_window",
        pipeline -> pipeline.windows.botWindows,
        List.of(
            string("ip", e -> e.id()),
            timestamp("window_start", e -> e.windowStart),
            timestamp("window_end", e -> e.windowEnd),
            bigint(
                "events",
                e -> e.counts[WindowTotals.IMPRESSIONS] + e.counts[WindowTotals.CLICKS])));
  }
}
