-- Impressions and clicks of each campaign, ad, publisher, device type and country in each window.
--
-- Grain:     one row per window of metrics.window.seconds, dimension and key with at least one accepted impression or click.
--            An event without a device_type or country has the key 'unknown'.
-- Time:      window_start inclusive, window_end exclusive; impressions and clicks count by their own time, attributed or not.
-- unique_users: distinct users of the impressions and clicks.
-- Watermark: none: a row comes when the watermark of all events passes its window's end.
-- State:     of the operators: one value per user with the keys seen in open windows, one sum per key and open window.
CREATE TEMPORARY TABLE dimension_windows (
  dimension STRING,
  `key` STRING,
  window_start TIMESTAMP(3),
  window_end TIMESTAMP(3),
  impressions BIGINT,
  clicks BIGINT,
  cost_micros BIGINT,
  unique_users BIGINT
) WITH (
  'connector' = 'event-pipeline',
  'stream' = 'dimension_window'
)
