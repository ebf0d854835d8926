-- Rule abnormal_ctr: which users have an abnormally high click-through rate?
--
-- Grain:    one row per window and user with at least abnormal.ctr.min.impressions impressions and more than
--           abnormal.ctr.threshold clicks per impression; observed: clicks / impressions.
-- Time:     windows of long.window.seconds that slide by long.slide.seconds, by the events' own times.
-- Lateness: a window comes once, when the watermark passes its end.
-- Inputs:   long_actor_windows.
-- State:    none.
CREATE TEMPORARY VIEW fraud_abnormal_ctr AS
SELECT
  'abnormal_ctr' AS rule,
  actor_type,
  actor_id,
  window_start,
  window_end,
  CAST(clicks AS DOUBLE) / impressions AS observed,
  CAST(${abnormal.ctr.threshold} AS DOUBLE) AS threshold
FROM long_actor_windows
WHERE
  SWITCHED_ON(${alert.abnormal_ctr.enabled})
  AND actor_type = 'user'
  AND impressions >= ${abnormal.ctr.min.impressions}
  AND CAST(clicks AS DOUBLE) / impressions > CAST(${abnormal.ctr.threshold} AS DOUBLE)
