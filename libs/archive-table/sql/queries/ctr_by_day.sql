-- Impressions, clicks, click-through rate and cost of each day.
--
-- Grain:      one row per day.
-- Figures:    gross and at once, as in campaign_metrics: clicks count whether attributed and valid or not, on the day of the click.
-- Parameters: first day, last day (2026-11-23), both inclusive.
SELECT
  event_date AS metrics_day,
  SUM(impressions) AS impressions,
  SUM(clicks) AS clicks,
  -- Of the day's sums. The mean of the windows' rates would weigh an empty night like a busy evening.
  SUM(clicks) / CAST(NULLIF(SUM(impressions), 0) AS double) AS ctr,
  SUM(cost_micros) / 1e6 AS cost_usd
FROM campaign_metrics
WHERE
  event_date BETWEEN ? AND ?
  -- Every dimension holds every event once; one of them is enough.
  AND dimension = 'campaign'
GROUP BY event_date
ORDER BY event_date
