-- How engaged with ads is each user at present?
--
-- Grain:    one row per window and user with at least one impression or click in the last slide of the window.
-- Time:     windows of engagement.window.seconds that slide by engagement.slide.seconds, aligned to the epoch; window_start
--           inclusive, window_end exclusive. Impressions and clicks count by their own time.
--           score: 100 * (1 - exp(-points / 20)). An impression gives 1 point and a valid click 10; the points are halved for
--           every half window between the event and the window's end. Each campaign of these events after the first gives 2
--           points.
--           Points of events are rounded to millionths and summed as integers, so the sum does not depend on the order.
-- Lateness: a window is written once, when the watermark passes its end; later events become a late_event.
-- Inputs:   user_windows.
-- Output:   user_engagement.
-- State:    none here; see user_windows.
INSERT INTO user_engagement
SELECT
  'user_engagement' AS record_type,
  CONCAT('user_engagement:', FORMAT_TIME(window_start), ':', user_id) AS record_id,
  1 AS schema_version,
  FORMAT_TIME(window_end) AS event_time,
  ROW(
    user_id,
    FORMAT_TIME(window_start),
    FORMAT_TIME(window_end),
    impressions,
    clicks,
    campaigns,
    ROUND(
      100 * (1 - EXP(-(
        (impression_weight + 10 * valid_click_weight) / 1E6
        + 2 * GREATEST(0, scoring_campaigns - 1)
      ) / 20)),
      2
    )
  ) AS user_engagement
FROM user_windows
