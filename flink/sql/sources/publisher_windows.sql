-- The click-through rate of each publisher in each window, with statistics of its earlier rates.
--
-- Grain:     one row per window of metrics.window.seconds and publisher with at least publisher.ctr.min.impressions
--            impressions: the rate of fewer impressions is not significant.
-- Time:      window_start inclusive, window_end exclusive; impressions and clicks count by their own time.
-- ctr_ppm:   clicks per million impressions, rounded to an integer, so that sums are exact.
-- trailing_windows: number of such windows before this one, at most publisher.ctr.trailing.windows; after seven days without
--            such a window the count starts again. trailing_sum_ppm and trailing_deviation_ppm: sum and population standard
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
