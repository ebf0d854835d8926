-- Who did something too often within a short window? Rules: click_velocity_ip, click_velocity_user, impression_flood, unattributed_burst.
-- Grain: one row per rule, actor and window with more events than the threshold.
WITH rules(rule, kind, actor_type, threshold) AS (
  VALUES ('click_velocity_ip', 'click', 'ip', getvariable('click_velocity_threshold')),
         ('click_velocity_user', 'click', 'user', getvariable('click_velocity_threshold')),
         ('impression_flood', 'impression', 'ip', getvariable('impression_flood_ip_threshold')),
         ('impression_flood', 'impression', 'user', getvariable('impression_flood_user_threshold')),
         ('unattributed_burst', 'unattributed_click', 'ip', getvariable('unattributed_burst_threshold'))
),
windowed AS (
  SELECT kind, actor_type, actor_id, events,
         unnest(sliding_window_starts(pane, getvariable('short_window_ms'), getvariable('short_slide_ms'))) AS w
  FROM activity
)
SELECT r.rule, r.actor_type, v.actor_id, v.w AS window_start, v.w + getvariable('short_window_ms') AS window_end,
       sum(v.events) AS observed, r.threshold
FROM rules r
JOIN windowed v ON v.kind = r.kind AND v.actor_type = r.actor_type
GROUP BY r.rule, r.actor_type, r.threshold, v.actor_id, v.w
HAVING sum(v.events) > r.threshold
