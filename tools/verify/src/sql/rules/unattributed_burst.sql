-- Which addresses send too many clicks without an impression? Grain: one row per address and short window with more such clicks
-- than the threshold.
WITH windowed AS (
  SELECT actor_id, events,
         unnest(sliding_window_starts(pane, getvariable('short_window_ms'), getvariable('short_slide_ms'))) AS w
  FROM activity
  WHERE kind = 'unattributed_click' AND actor_type = 'ip'
)
SELECT 'unattributed_burst' AS rule, 'ip' AS actor_type, actor_id, w AS window_start, w + getvariable('short_window_ms') AS window_end,
       sum(events) AS observed, getvariable('unattributed_burst_threshold') AS threshold
FROM windowed
GROUP BY actor_id, w
HAVING sum(events) > getvariable('unattributed_burst_threshold')
