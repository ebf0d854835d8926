-- The cost of clicked impressions, and the part of it for impressions whose click is invalid traffic.
--
-- Grain:      one row per day of the click and campaign.
-- Figures:    an impression is paid once, and its first click decides: a later click has the reason duplicate_click and adds no
--             cost. An impression without a cost is counted in clicks_without_cost.
-- Parameters: first day, last day (2026-11-23), both inclusive.
SELECT
  click_day,
  campaign_id,
  COUNT(*) AS clicked_impressions,
  SUM(invalid) AS invalid_clicked_impressions,
  SUM(CASE WHEN cost_micros IS NULL THEN 1 ELSE 0 END) AS clicks_without_cost,
  SUM(COALESCE(cost_micros, 0)) / 1e6 AS spend_usd,
  SUM(invalid * COALESCE(cost_micros, 0)) / 1e6 AS invalid_spend_usd,
  SUM(invalid * COALESCE(cost_micros, 0)) / CAST(NULLIF(SUM(COALESCE(cost_micros, 0)), 0) AS double) AS invalid_share
FROM (
  SELECT
    event_date AS click_day,
    campaign_id,
    cost_micros,
    CASE WHEN COALESCE(invalid_reasons, ARRAY[]) <> ARRAY[] THEN 1 ELSE 0 END AS invalid
  FROM attributed_click
  WHERE
    event_date BETWEEN ? AND ?
    AND NOT COALESCE(CONTAINS(invalid_reasons, 'duplicate_click'), FALSE)
) AS first_clicks
GROUP BY click_day, campaign_id
ORDER BY invalid_spend_usd DESC, click_day ASC, campaign_id ASC
