-- Which users have an abnormally high click-through rate? Grain: one row per user and long window with enough impressions and a
-- rate above the threshold, by the events' own times and users.
WITH panes AS (
  SELECT user_id, window_start(t, getvariable('long_slide_ms')) AS pane,
         count(*) FILTER (source = 'impression') AS impressions,
         count(*) FILTER (source = 'click') AS clicks
  FROM accepted_event
  GROUP BY user_id, pane
),
windowed AS (
  SELECT user_id, impressions, clicks,
         unnest(sliding_window_starts(pane, getvariable('long_window_ms'), getvariable('long_slide_ms'))) AS w
  FROM panes
),
rated AS (
  SELECT user_id, w, sum(clicks)::DOUBLE / sum(impressions) AS ctr
  FROM windowed
  GROUP BY user_id, w
  HAVING sum(impressions) > 0 AND sum(impressions) >= getvariable('abnormal_ctr_min_impressions')
)
SELECT 'abnormal_ctr' AS rule, 'user' AS actor_type, user_id AS actor_id, w AS window_start, w + getvariable('long_window_ms') AS window_end,
       ctr AS observed, getvariable('abnormal_ctr_threshold') AS threshold
FROM rated
WHERE ctr > getvariable('abnormal_ctr_threshold')
