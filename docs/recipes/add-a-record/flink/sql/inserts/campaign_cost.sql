-- What does a valid click of each campaign cost?
--
-- Grain:    one row per window and campaign with at least one valid click.
-- Time:     tumbling windows of metrics.window.seconds of the impression's time; a click counts in the window of its impression.
-- Lateness: a window is written once, when the attribution window of everything in it has closed.
-- Inputs:   settled_windows.
-- Output:   campaign_cost.
-- State:    none.
INSERT INTO campaign_cost
SELECT
  'campaign_cost' AS record_type,
  CONCAT('campaign_cost:', FORMAT_TIME(window_start), ':', campaign_id) AS record_id,
  1 AS schema_version,
  FORMAT_TIME(window_end) AS event_time,
  ROW(
    campaign_id,
    FORMAT_TIME(window_start),
    FORMAT_TIME(window_end),
    valid_clicks,
    CAST(ROUND(CAST(cost_micros AS DOUBLE) / valid_clicks) AS BIGINT)
  ) AS campaign_cost
FROM settled_windows
WHERE valid_clicks > 0
