-- Which addresses and users click too often? Grain: one row per actor and short window with more clicks than the threshold.
WITH windowed AS (
  SELECT actor_type, actor_id, events,
         unnest(sliding_window_starts(pane, getvariable('short_window_ms'), getvariable('short_slide_ms'))) AS w
  FROM activity
  WHERE kind = 'click'
)
SELECT 'click_velocity_' || actor_type AS rule, actor_type, actor_id, w AS window_start, w + getvariable('short_window_ms') AS window_end,
       sum(events) AS observed, getvariable('click_velocity_threshold') AS threshold
FROM windowed
GROUP BY actor_type, actor_id, w
HAVING sum(events) > getvariable('click_velocity_threshold')
