-- What are the settled figures of each campaign's impressions: attributed clicks, valid clicks, click-through rates and cost?
--
-- Grain:    one row per window and campaign with at least one impression.
-- Time:     tumbling windows of metrics.window.seconds of the impression's time, aligned to the epoch; window_start inclusive,
--           window_end exclusive. A click counts in the window of its impression, whenever it arrived. Unlike the rates of
--           campaign_metrics, these are final, and the click-through rate of valid clicks cannot exceed 1.
-- Lateness: a window is written once, when the attribution windows of all its impressions have closed; a late click or
--           impression is not an input; it becomes a late_event.
-- Inputs:   settled_windows.
-- Output:   attribution_metrics.
-- State:    none.
INSERT INTO attribution_metrics
SELECT
  'attribution_metrics' AS record_type,
  CONCAT('attribution_metrics:', FORMAT_TIME(window_start), ':', campaign_id) AS record_id,
  1 AS schema_version,
  FORMAT_TIME(window_end) AS event_time,
  ROW(
    campaign_id,
    FORMAT_TIME(window_start),
    FORMAT_TIME(window_end),
    impressions,
    attributed_clicks,
    valid_clicks,
    CAST(attributed_clicks AS DOUBLE) / impressions,
    CAST(valid_clicks AS DOUBLE) / impressions,
    cost_micros
  ) AS attribution_metrics
FROM settled_windows
