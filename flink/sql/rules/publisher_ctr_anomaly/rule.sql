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
-- State:    none.
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
      trailing_deviation_ppm,
      SQRT(GREATEST(0E0, mean_ppm * (1E6 - mean_ppm)) / impressions)
    ) AS deviation_ppm
  FROM (
    SELECT
      *,
      CAST(trailing_sum_ppm AS DOUBLE) / trailing_windows AS mean_ppm
    FROM publisher_windows
    WHERE trailing_windows >= ${publisher.ctr.min.windows}
  ) AS averaged
) AS deviating
WHERE
  SWITCHED_ON(${alert.publisher_ctr_anomaly.enabled})
  AND deviation_ppm > 0
  AND (ctr_ppm - mean_ppm) / deviation_ppm >= CAST(${publisher.ctr.z.threshold} AS DOUBLE)
