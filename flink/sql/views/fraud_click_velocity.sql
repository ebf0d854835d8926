-- Rules click_velocity_ip and click_velocity_user: who clicks faster than a person would?
--
-- Grain:    one row per window and actor with more than click.velocity.threshold accepted clicks; observed: the clicks.
-- Time:     windows of short.window.seconds that slide by short.slide.seconds, by the click's own time.
-- Lateness: a window comes once, when the watermark passes its end.
-- Inputs:   actor_events.
-- State:    per slide and actor with a click, one count; dropped with the last window that it is in.
CREATE TEMPORARY VIEW fraud_click_velocity AS
SELECT
  CONCAT('click_velocity_', actor_type) AS rule,
  actor_type,
  actor_id,
  window_start,
  window_end,
  CAST(COUNT(*) AS DOUBLE) AS observed,
  CAST(${click.velocity.threshold} AS DOUBLE) AS threshold
-- The linter takes DESCRIPTOR(...) and SECOND(10) for words before a bracket.
FROM
  TABLE(HOP(
    TABLE actor_events, DESCRIPTOR(event_time), -- noqa
    INTERVAL '${short.slide.seconds}' SECOND(10), -- noqa
    INTERVAL '${short.window.seconds}' SECOND(10) -- noqa
  ))
WHERE clicks = 1
GROUP BY window_start, window_end, actor_type, actor_id
HAVING COUNT(*) > ${click.velocity.threshold}
