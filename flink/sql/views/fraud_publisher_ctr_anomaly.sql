-- Rule publisher_ctr_anomaly: whose click-through rate jumps above what it has been, as when a publisher clicks its own ads?
--
-- Grain:    one row per window and publisher whose rate lies at least publisher.ctr.z.threshold standard deviations above the
--           mean of its windows before: the last publisher.ctr.trailing.windows, of which there must be
--           publisher.ctr.min.windows; observed: how many deviations.
-- Time:     tumbling windows of metrics.window.seconds.
--           The deviation is that of the windows before, but at least the sampling noise of a proportion,
--           sqrt(p * (1 - p) / n), at their mean rate and with this window's impressions: a publisher with few clicks would be
--           found by chance.
-- Lateness: that of publisher_windows.
-- Inputs:   publisher_windows.
-- State:    per publisher the last publisher.ctr.trailing.windows windows, for good: what is compared with has no age.
CREATE TEMPORARY VIEW fraud_publisher_ctr_anomaly AS
SELECT
  'publisher_ctr_anomaly' AS rule,
  'publisher' AS actor_type,
  publisher_id AS actor_id,
  window_start,
  window_end,
  ROUND((ctr_ppm - mean_ppm) / deviation_ppm, 4) AS observed,
  CAST(${publisher.ctr.z.threshold} AS DOUBLE) AS threshold
FROM (
  SELECT
    *,
    GREATEST(
      SQRT(CAST(windows * squares - sum_ppm * sum_ppm AS DOUBLE)) / windows,
      SQRT(GREATEST(0E0, mean_ppm * (1E6 - mean_ppm)) / impressions)
    ) AS deviation_ppm
  FROM (
    SELECT
      *,
      CAST(sum_ppm AS DOUBLE) / windows AS mean_ppm
    FROM (
      SELECT
        publisher_id,
        window_start,
        window_end,
        impressions,
        ctr_ppm,
        -- Flink has no frame that ends before the current row: it is counted in and taken out again.
        COUNT(*) OVER w - 1 AS windows,
        SUM(ctr_ppm) OVER w - ctr_ppm AS sum_ppm,
        SUM(CAST(ctr_ppm AS DECIMAL(19, 0)) * ctr_ppm) OVER w - CAST(ctr_ppm AS DECIMAL(19, 0)) * ctr_ppm AS squares
      FROM publisher_windows
      WINDOW w AS (
        PARTITION BY publisher_id
        ORDER BY window_time
        ROWS BETWEEN ${publisher.ctr.trailing.windows} PRECEDING AND CURRENT ROW
      )
    ) AS summed
    WHERE windows >= ${publisher.ctr.min.windows}
  ) AS averaged
) AS deviating
WHERE
  SWITCHED_ON(${alert.publisher_ctr_anomaly.enabled})
  AND deviation_ppm > 0
  AND (ctr_ppm - mean_ppm) / deviation_ppm >= CAST(${publisher.ctr.z.threshold} AS DOUBLE)
