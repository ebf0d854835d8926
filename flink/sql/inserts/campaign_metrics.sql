-- What are the current figures of each campaign, ad, publisher, device type and country: impressions, clicks, click-through
-- rate, cost and reach?
--
-- Grain:    one row per window, dimension and key with at least one impression or click.
-- Time:     tumbling windows of metrics.window.seconds, aligned to the epoch; window_start inclusive, window_end exclusive.
--           Impressions and clicks count by their own time, attributed or not. The figures do not wait for the join, so the
--           click-through rate is gross and may exceed 1 in a window; it is null without impressions.
-- Lateness: a window is written once, when the watermark passes its end; later events become a late_event.
-- Inputs:   dimension_windows.
-- Output:   campaign_metrics.
-- State:    none.
INSERT INTO campaign_metrics
SELECT
  'campaign_metrics' AS record_type,
  CONCAT(
    'campaign_metrics:',
    dimension,
    ':',
    FORMAT_TIME(window_start),
    ':',
    `key`
  ) AS record_id,
  1 AS schema_version,
  FORMAT_TIME(window_end) AS event_time,
  ROW(
    dimension,
    `key`,
    FORMAT_TIME(window_start),
    FORMAT_TIME(window_end),
    impressions,
    clicks,
    CAST(clicks AS DOUBLE) / NULLIF(impressions, 0),
    cost_micros,
    unique_users
  ) AS campaign_metrics
FROM dimension_windows
