-- Rule click_share: which addresses click without having seen ads?
--
-- Grain:    one row per window and ip with at least click.share.min.clicks clicks that are more than click.share.threshold of its
--           impressions and clicks; observed: that share.
-- Time:     windows of short.window.seconds that slide by short.slide.seconds, by the events' own times.
-- Lateness: a window is emitted once, when the watermark passes its end.
-- Inputs:   short_actor_windows.
-- State:    none.
CREATE TEMPORARY VIEW fraud_click_share AS
SELECT
  'click_share' AS rule,
  actor_type,
  actor_id,
  window_start,
  window_end,
  CAST(clicks AS DOUBLE) / (impressions + clicks) AS observed,
  CAST(${click.share.threshold} AS DOUBLE) AS threshold
FROM short_actor_windows
WHERE
  SWITCHED_ON(${alert.click_share.enabled})
  AND actor_type = 'ip'
  AND clicks >= ${click.share.min.clicks}
  AND CAST(clicks AS DOUBLE) / (impressions + clicks) > CAST(${click.share.threshold} AS DOUBLE)
