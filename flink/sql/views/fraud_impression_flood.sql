-- Rule impression_flood: who is shown more ads than a person can see? Many may share an address, so it has a limit of its own.
--
-- Grain:    one row per window and actor with more accepted impressions than impression.flood.ip.threshold or
--           impression.flood.user.threshold; observed: the impressions.
-- Time:     windows of short.window.seconds that slide by short.slide.seconds, by the impression's time.
-- Lateness: a window comes once, when the watermark passes its end.
-- Inputs:   actor_events.
-- State:    per slide and actor with an impression, one count; dropped with the last window that it is in.
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
    actor_type,
    actor_id,
    window_start,
    window_end,
    COUNT(*) AS impressions,
    CASE actor_type
      WHEN 'ip' THEN ${impression.flood.ip.threshold}
      ELSE ${impression.flood.user.threshold}
    END AS threshold
  -- The linter takes DESCRIPTOR(...) and SECOND(10) for words before a bracket.
  FROM
    TABLE(HOP(
      TABLE actor_events, DESCRIPTOR(event_time), -- noqa
      INTERVAL '${short.slide.seconds}' SECOND(10), -- noqa
      INTERVAL '${short.window.seconds}' SECOND(10) -- noqa
    ))
  WHERE impressions = 1
  GROUP BY window_start, window_end, actor_type, actor_id
) AS per_window
WHERE impressions > threshold
