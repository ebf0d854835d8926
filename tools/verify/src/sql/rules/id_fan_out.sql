-- Which addresses have too many users? Grain: one row per address and long window with more distinct users among its
-- impressions and
-- clicks than the threshold.
WITH panes AS (
  SELECT DISTINCT ip, user_id, window_start(t, getvariable('long_slide_ms')) AS pane FROM accepted_event WHERE ip IS NOT NULL
),
windowed AS (
  SELECT DISTINCT ip, user_id,
         unnest(sliding_window_starts(pane, getvariable('long_window_ms'), getvariable('long_slide_ms'))) AS w
  FROM panes
)
SELECT 'id_fan_out' AS rule, 'ip' AS actor_type, ip AS actor_id, w AS window_start, w + getvariable('long_window_ms') AS window_end,
       count(*) AS observed, getvariable('id_fan_out_threshold') AS threshold
FROM windowed
GROUP BY ip, w
HAVING count(*) > getvariable('id_fan_out_threshold')
