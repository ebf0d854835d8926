-- Rules click_velocity_ip and click_velocity_user: who clicks faster than a person would?
--
-- Grain:    one row per window and actor with more than click.velocity.threshold accepted clicks; observed: the clicks.
-- Time:     windows of short.window.seconds that slide by short.slide.seconds, by the click's own time.
-- Lateness: a window comes once, when the watermark passes its end.
-- Inputs:   short_actor_windows.
-- State:    none.
CREATE TEMPORARY VIEW fraud_click_velocity AS
SELECT
  CONCAT('click_velocity_', actor_type) AS rule,
  actor_type,
  actor_id,
  window_start,
  window_end,
  CAST(clicks AS DOUBLE) AS observed,
  CAST(${click.velocity.threshold} AS DOUBLE) AS threshold
FROM short_actor_windows
WHERE
  clicks > ${click.velocity.threshold}
  AND CASE actor_type
    WHEN 'ip' THEN SWITCHED_ON(${alert.click_velocity_ip.enabled})
    ELSE SWITCHED_ON(${alert.click_velocity_user.enabled})
  END
