-- Behind which addresses are too many users? Grain: one row per address and window of ten minutes (sliding by one) with more distinct users
-- among its impressions and clicks than the threshold.
WITH panes AS (
  SELECT DISTINCT ip, user_id, window_start(t, 60000) AS pane FROM accepted_event WHERE ip IS NOT NULL
)
SELECT 'id_fan_out' AS rule, 'ip' AS actor_type, ip AS actor_id, w AS window_start, w + 600000 AS window_end,
       count(*)::DOUBLE AS observed, getvariable('users_per_ip')::DOUBLE AS threshold,
       CASE WHEN count(*) >= 3 * getvariable('users_per_ip') THEN 'high' ELSE 'medium' END AS severity
FROM (SELECT DISTINCT ip, user_id, unnest(sliding_window_starts(pane, 600000::BIGINT, 60000::BIGINT)) AS w FROM panes)
GROUP BY ip, w
HAVING count(*) > getvariable('users_per_ip')
