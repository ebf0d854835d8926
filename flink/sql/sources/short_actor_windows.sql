-- What addresses and users did in short sliding windows, as far as it can break a rule about invalid traffic.
--
-- Grain:     one row per window of short.window.seconds that slides by short.slide.seconds, aligned to the epoch, and actor (ip
--            or user) that has more impressions, clicks or unattributed clicks in it than the least threshold for them. Other
--            windows are not put out: a rule that needs them, needs adanalytics.window.ReportableWindows changed.
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
