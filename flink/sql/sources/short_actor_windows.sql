-- Counts of addresses and users in short sliding windows that may break a fraud rule.
--
-- Grain:     one row per window of short.window.seconds that slides by short.slide.seconds, aligned to the epoch, and actor (ip
--            or user) that has more impressions, clicks or unattributed clicks in it than the smallest threshold for them.
--            Other windows are not emitted: if a rule needs them, change adanalytics.window.ReportableWindows.
-- Time:      window_start inclusive, window_end exclusive; events count by their own time.
-- Watermark: none: a row comes when the watermark of all events passes its window's end.
-- State:     of the operator: one value per actor until its last window has ended.
CREATE TEMPORARY TABLE short_actor_windows (
  actor_type STRING,
  actor_id STRING,
  window_start TIMESTAMP(3),
  window_end TIMESTAMP(3),
  impressions BIGINT,
  clicks BIGINT,
  unattributed_clicks BIGINT
) WITH (
  'connector' = 'event-pipeline',
  'stream' = 'short_actor_window'
)
