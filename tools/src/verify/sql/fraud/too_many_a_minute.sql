-- Who did something too often within a minute (sliding by ten seconds)? Rules: click_velocity_ip, click_velocity_user, impression_flood,
-- unattributed_burst. Grain: one row per rule, actor and window with more events than the threshold.
WITH rules(rule, kind, actor_type, threshold) AS (
  VALUES ('click_velocity_ip', 'click', 'ip', getvariable('clicks_per_ip')),
         ('click_velocity_user', 'click', 'user', getvariable('clicks_per_user')),
         ('impression_flood', 'impression', 'ip', getvariable('impressions_per_ip')),
         ('impression_flood', 'impression', 'user', getvariable('impressions_per_user')),
         ('unattributed_burst', 'unattributed_click', 'ip', getvariable('unattributed_clicks_per_ip'))
),
expanded AS (
  SELECT kind, actor_type, actor_id, events, unnest(sliding_window_starts(pane, 60000::BIGINT, 10000::BIGINT)) AS w FROM activity
)
SELECT r.rule, r.actor_type, e.actor_id, e.w AS window_start, e.w + 60000 AS window_end,
       sum(e.events)::DOUBLE AS observed, r.threshold::DOUBLE AS threshold,
       CASE WHEN sum(e.events) >= 3 * r.threshold THEN 'high' ELSE 'medium' END AS severity
FROM rules r
JOIN expanded e ON e.kind = r.kind AND e.actor_type = r.actor_type
GROUP BY r.rule, r.actor_type, r.threshold, e.actor_id, e.w
HAVING sum(e.events) > r.threshold
