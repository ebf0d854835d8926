-- Rule abnormal_ctr: which users click too much of what they see?
--
-- Grain:    one row per window and user with at least abnormal.ctr.min.impressions impressions and more than
--           abnormal.ctr.threshold clicks for each; observed: clicks / impressions.
-- Time:     windows of long.window.seconds that slide by long.slide.seconds, by the events' own times.
-- Lateness: a window comes once, when the watermark passes its end.
-- Inputs:   ad_events.
-- State:    per slide and user, two counts; dropped with the last window that they are in.
CREATE TEMPORARY VIEW fraud_abnormal_ctr AS
SELECT
  'abnormal_ctr' AS rule,
  'user' AS actor_type,
  user_id AS actor_id,
  window_start,
  window_end,
  CAST(clicks AS DOUBLE) / impressions AS observed,
  CAST(${abnormal.ctr.threshold} AS DOUBLE) AS threshold
FROM (
  SELECT
    window_start,
    window_end,
    user_id,
    SUM(CAST(impressions AS BIGINT)) AS impressions,
    SUM(CAST(clicks AS BIGINT)) AS clicks
  -- The linter takes DESCRIPTOR(...) and SECOND(10) for words before a bracket.
  FROM
    TABLE(HOP(
      TABLE ad_events, DESCRIPTOR(event_time), -- noqa
      INTERVAL '${long.slide.seconds}' SECOND(10), -- noqa
      INTERVAL '${long.window.seconds}' SECOND(10) -- noqa
    ))
  GROUP BY window_start, window_end, user_id
) AS per_window
WHERE
  impressions >= ${abnormal.ctr.min.impressions}
  AND CAST(clicks AS DOUBLE) / impressions > CAST(${abnormal.ctr.threshold} AS DOUBLE)
