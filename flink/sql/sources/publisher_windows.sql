-- The click-through rate of each publisher, window by window, beside its rates before.
--
-- Grain:     one row per window of metrics.window.seconds and publisher with at least publisher.ctr.min.impressions
--            impressions: a rate of fewer says little.
-- Time:      window_start inclusive, window_end exclusive; impressions and clicks count by their own time.
-- ctr_ppm:   clicks for a million impressions, rounded to a whole number, so that sums of it are exact.
-- trailing_windows: how many such windows there were before, at most publisher.ctr.trailing.windows; after seven days
--            without one the publisher starts again. trailing_sum_ppm and trailing_deviation_ppm: sum and population standard
--            deviation of their rates.
-- Watermark: none: a row comes when the watermark of all events passes its window's end.
-- State:     of the operator: one value per publisher with the last rates, for seven days.
CREATE TEMPORARY TABLE publisher_windows (
  publisher_id STRING,
  window_start TIMESTAMP(3),
  window_end TIMESTAMP(3),
  impressions BIGINT,
  ctr_ppm BIGINT,
  trailing_windows BIGINT,
  trailing_sum_ppm BIGINT,
  trailing_deviation_ppm DOUBLE
) WITH (
  'connector' = 'event-pipeline',
  'stream' = 'publisher_window'
)
