package adanalytics.window;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Computes the totals of tumbling windows by definition, from all deltas. Each window is a line,
 * with the watermark that completes it.
 */
final class TotalsModel {
  private static final long WEEK_MILLIS = 7L * 24 * 60 * 60 * 1_000;

  private final WindowSettings settings;

  TotalsModel(WindowSettings settings) {
    this.settings = settings;
  }

  Map<String, Long> windows(List<WindowDelta> deltas) {
    Map<String, TreeMap<Long, long[]>> sums = new TreeMap<>();
    for (WindowDelta delta : deltas) {
      long[] sum =
          sums.computeIfAbsent(delta.key, key -> new TreeMap<>())
              .computeIfAbsent(delta.window, window -> new long[WindowTotals.COUNTS]);
      for (int i = 0; i < sum.length; i++) {
        sum[i] += delta.counts[i];
      }
    }
    Map<String, Long> lines = new HashMap<>();
    sums.forEach(
        (key, windows) -> {
          windows.forEach(
              (window, sum) -> lines.put(line(key, end(key, window), sum), due(key, window)));
          if (key.startsWith("publisher:")) {
            lines.putAll(rates(key, windows));
          }
        });
    return lines;
  }

  static String line(String key, long end, long[] counts) {
    return String.format(
        "%s until %d: %d, %d, %d, %d", key, end, counts[0], counts[1], counts[2], counts[3]);
  }

  /** Deviations are compared with three decimals. */
  static String rateLine(
      String publisher, long end, long impressions, long ppm, long n, long sum, double deviation) {
    return String.format(
        "rate of %s until %d: %d of %d, before it %d with sum %d, deviation %.3f",
        publisher, end, ppm, impressions, n, sum, deviation);
  }

  private long length(String key) {
    return key.startsWith("bot:")
        ? settings.shortWindows.windowMillis
        : settings.metricsWindows.windowMillis;
  }

  private long end(String key, long window) {
    return window * length(key);
  }

  private long due(String key, long window) {
    return end(key, window)
        - 1
        + (key.startsWith("settled:") ? settings.attributionWindowMillis : 0);
  }

  private Map<String, Long> rates(String key, TreeMap<Long, long[]> windows) {
    Map<String, Long> lines = new HashMap<>();
    List<Long> before = new ArrayList<>();
    long lastEnd = Long.MIN_VALUE;
    for (Map.Entry<Long, long[]> entry : windows.entrySet()) {
      long impressions = entry.getValue()[WindowTotals.IMPRESSIONS];
      if (impressions < settings.publisherImpressions) {
        continue;
      }
      long end = end(key, entry.getKey());
      if (!before.isEmpty() && end - length(key) - lastEnd > WEEK_MILLIS) {
        before.clear();
      }
      long ppm =
          BigDecimal.valueOf(1_000_000 * entry.getValue()[WindowTotals.CLICKS])
              .divide(BigDecimal.valueOf(impressions), 0, RoundingMode.HALF_UP)
              .longValueExact();
      lines.put(
          rateLine(
              key.substring("publisher:".length()),
              end,
              impressions,
              ppm,
              before.size(),
              before.stream().mapToLong(rate -> rate).sum(),
              deviation(before)),
          due(key, entry.getKey()));
      before.add(ppm);
      if (before.size() > settings.publisherTrailingWindows) {
        before.remove(0);
      }
      lastEnd = end;
    }
    return lines;
  }

  /** Population, not sample, standard deviation. */
  private static double deviation(List<Long> rates) {
    double mean = rates.stream().mapToLong(rate -> rate).average().orElse(0);
    double variance =
        rates.stream().mapToDouble(rate -> (rate - mean) * (rate - mean)).average().orElse(0);
    return Math.sqrt(variance);
  }
}
