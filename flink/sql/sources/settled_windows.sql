-- The figures of each campaign's impressions, once they are final.
--
-- Grain:     one row per window of metrics.window.seconds and campaign with at least one accepted impression.
-- Time:      window_start inclusive, window_end exclusive, by the impression's time: a click counts in the window of its
--            impression, whenever it arrived.
-- Watermark: none: a row comes when the watermark is attribution.window.seconds past its window's end.
-- State:     of the operator: one sum per campaign and open window.
CREATE TEMPORARY TABLE settled_windows (
  campaign_id STRING,
  window_start TIMESTAMP(3),
  window_end TIMESTAMP(3),
  impressions BIGINT,
  attributed_clicks BIGINT,
  valid_clicks BIGINT,
  cost_micros BIGINT
) WITH (
  'connector' = 'event-pipeline',
  'stream' = 'settled_window'
)
