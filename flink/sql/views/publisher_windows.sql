-- What is the click-through rate of each publisher, window by window?
--
-- Grain:    one row per window and publisher with at least publisher.ctr.min.impressions impressions: a rate of fewer says
--           little.
-- Time:     tumbling windows of metrics.window.seconds, by the events' own times; window_time, their last millisecond, is a
--           time attribute.
--           ctr_ppm: clicks for a million impressions, rounded to a whole number, so that sums of it are exact.
-- Lateness: a window comes once, when the watermark passes its end.
-- Inputs:   ad_events.
-- State:    per open window and publisher, one accumulator; dropped when the window comes.
CREATE TEMPORARY VIEW publisher_windows AS
SELECT
  window_start,
  window_end,
  window_time,
  publisher_id,
  impressions,
  -- Half of the divisor added: the division of whole numbers cuts.
  (2000000 * clicks + impressions) / (2 * impressions) AS ctr_ppm
FROM (
  SELECT
    window_start,
    window_end,
    window_time,
    publisher_id,
    SUM(CAST(impressions AS BIGINT)) AS impressions,
    SUM(CAST(clicks AS BIGINT)) AS clicks
  -- The linter takes DESCRIPTOR(...) and SECOND(10) for words before a bracket.
  FROM
    TABLE(TUMBLE(TABLE ad_events, DESCRIPTOR(event_time), INTERVAL '${metrics.window.seconds}' SECOND(10))) -- noqa
  GROUP BY window_start, window_end, window_time, publisher_id
) AS per_window
WHERE impressions >= ${publisher.ctr.min.impressions}
