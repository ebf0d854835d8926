-- Which users click far too much of what they see? Grain: one row per user and window of ten minutes (sliding by one) with enough
-- impressions and a rate above the threshold. By the events' own times and users. How a rate is graded is not defined yet: no severity.
WITH panes AS (
  SELECT user_id, window_start(t, 60000) AS pane,
         count(*) FILTER (source = 'impression') AS impressions,
         count(*) FILTER (source = 'click') AS clicks
  FROM accepted_event
  GROUP BY user_id, pane
),
windows AS (
  SELECT user_id, w, sum(impressions) AS impressions, sum(clicks) AS clicks
  FROM (SELECT *, unnest(sliding_window_starts(pane, 600000::BIGINT, 60000::BIGINT)) AS w FROM panes)
  GROUP BY user_id, w
)
SELECT 'abnormal_ctr' AS rule, 'user' AS actor_type, user_id AS actor_id, w AS window_start, w + 600000 AS window_end,
       clicks::DOUBLE / impressions AS observed, getvariable('abnormal_ctr')::DOUBLE AS threshold, NULL AS severity
FROM windows
WHERE impressions >= getvariable('abnormal_ctr_least_impressions') AND clicks::DOUBLE / impressions > getvariable('abnormal_ctr')
