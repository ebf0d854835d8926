-- Impressions, clicks, click-through rate and cost of each day.
--
-- Grain:      one row per day.
-- Figures:    gross, as in campaign_metrics: all clicks count on the day of the click, attributed or not, valid or not.
-- Parameters: first day, last day (2026-11-23), both inclusive.
SELECT
  event_date AS metrics_day,
  SUM(impressions) AS impressions,
  SUM(clicks) AS clicks,
  -- The rate of the day's sums: a mean of the windows' rates would give an empty night the weight of a busy evening.
  SUM(clicks) / CAST(NULLIF(SUM(impressions), 0) AS double) AS ctr,
  SUM(cost_micros) / 1e6 AS cost_usd
FROM campaign_metrics
WHERE
  event_date BETWEEN ? AND ?
  -- Every dimension contains every event once, so one dimension is enough.
  AND dimension = 'campaign'
GROUP BY event_date
ORDER BY event_date
