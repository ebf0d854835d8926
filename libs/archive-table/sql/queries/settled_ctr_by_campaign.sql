-- Click-through rate of each campaign and day after all clicks were attributed, with and without invalid traffic.
--
-- Grain:      one row per day of the impressions and campaign.
-- Figures:    settled, from attribution_metrics: a click counts on the day of its impression.
-- Parameters: first day, last day (2026-11-23), both inclusive.
SELECT
  event_date AS impression_day,
  campaign_id,
  SUM(impressions) AS impressions,
  SUM(attributed_clicks) AS attributed_clicks,
  SUM(valid_clicks) AS valid_clicks,
  SUM(attributed_clicks) / CAST(NULLIF(SUM(impressions), 0) AS double) AS ctr,
  SUM(valid_clicks) / CAST(NULLIF(SUM(impressions), 0) AS double) AS valid_ctr,
  SUM(attributed_clicks - valid_clicks) / CAST(NULLIF(SUM(attributed_clicks), 0) AS double) AS invalid_share,
  SUM(cost_micros) / 1e6 AS cost_usd
FROM attribution_metrics
WHERE event_date BETWEEN ? AND ?
GROUP BY event_date, campaign_id
ORDER BY event_date, campaign_id
