-- Rule impression_flood: which actors have more impressions than a person can see? Many people may share an address, so
-- addresses have a separate limit.
--
-- Grain:    one row per window and actor with more accepted impressions than impression.flood.ip.threshold or
--           impression.flood.user.threshold; observed: the impressions.
-- Time:     windows of short.window.seconds that slide by short.slide.seconds, by the impression's time.
-- Lateness: a window comes once, when the watermark passes its end.
-- Inputs:   short_actor_windows.
-- State:    none.
CREATE TEMPORARY VIEW fraud_impression_flood AS
SELECT
  'impression_flood' AS rule,
  actor_type,
  actor_id,
  window_start,
  window_end,
  CAST(impressions AS DOUBLE) AS observed,
  CAST(threshold AS DOUBLE) AS threshold
FROM (
  SELECT
    *,
    CASE actor_type
      WHEN 'ip' THEN ${impression.flood.ip.threshold}
      ELSE ${impression.flood.user.threshold}
    END AS threshold
  FROM short_actor_windows
) AS with_threshold
WHERE SWITCHED_ON(${alert.impression_flood.enabled}) AND impressions > threshold
