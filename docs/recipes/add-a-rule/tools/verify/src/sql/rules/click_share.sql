-- Which addresses click without having seen ads? Grain: one row per address and short window with enough clicks, whose
-- share of the address's
-- events exceeds the threshold.
WITH panes AS (
  SELECT actor_id, pane, events, CASE kind WHEN 'click' THEN events ELSE 0 END AS clicks
  FROM activity
  WHERE actor_type = 'ip' AND kind IN ('click', 'impression')
),
windowed AS (
  SELECT actor_id, events, clicks,
         unnest(sliding_window_starts(pane, getvariable('short_window_ms'), getvariable('short_slide_ms'))) AS w
  FROM panes
),
shared AS (
  SELECT actor_id, w, sum(clicks)::DOUBLE / sum(events) AS share
  FROM windowed
  GROUP BY actor_id, w
  HAVING sum(clicks) >= getvariable('click_share_min_clicks')
)
SELECT 'click_share' AS rule, 'ip' AS actor_type, actor_id, w AS window_start, w + getvariable('short_window_ms') AS window_end,
       share AS observed, getvariable('click_share_threshold') AS threshold
FROM shared
WHERE share > getvariable('click_share_threshold')
