-- Rule publisher_ctr_anomaly: which publishers have a sudden rise of the click-through rate, for example because they click
-- their own ads?
--
-- Grain:    one row per window and publisher whose rate is at least publisher.ctr.z.threshold standard deviations above the
--           mean of its trailing windows: the last publisher.ctr.trailing.windows, and at least publisher.ctr.min.windows;
--           observed: the number of standard deviations.
-- Time:     tumbling windows of metrics.window.seconds.
--           The deviation is that of the trailing windows, but at least the sampling noise of a proportion, sqrt(p * (1 - p) /
--           n), for their mean rate and this window's impressions: otherwise publishers with few clicks would be found by
--           chance.
-- Lateness: see publisher_windows.
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
