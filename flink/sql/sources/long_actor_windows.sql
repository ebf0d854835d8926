-- What addresses and users did in long sliding windows, as far as it can break a rule about invalid traffic.
--
-- Grain:     one row per window of long.window.seconds that slides by long.slide.seconds, aligned to the epoch, and actor (ip
--            or user) with enough clicks, users, or clicks and impressions in it for any of the rules. Other windows are not
--            put out: a rule that needs them, needs adanalytics.window.ReportableWindows changed.
-- Time:      window_start inclusive, window_end exclusive; events count by their own time.
-- users:     distinct ones among the impressions and clicks of an ip; 0 for a user.
-- click_gap_variation: population standard deviation of the gaps between the clicks over their mean, 0 for a clock; null for
--            fewer than two clicks.
-- Watermark: none: a row comes when the watermark of all events passes its window's end.
-- State:     of the operator: one value per actor until its last window has ended; for an ip with many users, one for each.
CREATE TEMPORARY TABLE long_actor_windows (
  actor_type STRING,
  actor_id STRING,
  window_start TIMESTAMP(3),
  window_end TIMESTAMP(3),
  impressions BIGINT,
  clicks BIGINT,
  users BIGINT,
  click_gap_variation DOUBLE
) WITH (
  'connector' = 'event-pipeline',
  'stream' = 'long_actor_window'
)
