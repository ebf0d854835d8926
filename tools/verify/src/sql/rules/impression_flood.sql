-- Which addresses and users have too many impressions? Grain: one row per actor and short window with more impressions than the threshold of
-- its type.
WITH thresholds(actor_type, threshold) AS (
  VALUES ('ip', getvariable('impression_flood_ip_threshold')),
         ('user', getvariable('impression_flood_user_threshold'))
),
windowed AS (
  SELECT actor_type, actor_id, events,
         unnest(sliding_window_starts(pane, getvariable('short_window_ms'), getvariable('short_slide_ms'))) AS w
  FROM activity
  WHERE kind = 'impression'
)
SELECT 'impression_flood' AS rule, v.actor_type, v.actor_id, v.w AS window_start, v.w + getvariable('short_window_ms') AS window_end,
       sum(v.events) AS observed, t.threshold
FROM windowed v
JOIN thresholds t ON t.actor_type = v.actor_type
GROUP BY v.actor_type, v.actor_id, v.w, t.threshold
HAVING sum(v.events) > t.threshold
