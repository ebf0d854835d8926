-- Counts of addresses and users in long sliding windows that may break a fraud rule.
--
-- Grain:     one row per window of long.window.seconds that slides by long.slide.seconds, aligned to the epoch, and actor (ip
--            or user) with enough clicks, users, or clicks and impressions in it for any of the rules. Other windows are not
--            emitted: if a rule needs them, change adanalytics.window.ReportableWindows.
-- Time:      window_start inclusive, window_end exclusive; events count by their own time.
-- users:     distinct users of the impressions and clicks of an ip; 0 for a user.
-- click_gap_variation: population standard deviation of the gaps between clicks, divided by their mean; 0 for equal gaps, null
--            for fewer than two clicks.
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
