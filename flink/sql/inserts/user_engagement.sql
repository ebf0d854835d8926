-- How engaged with ads is each user at the moment?
--
-- Grain:    one row per window and user with at least one impression or click.
-- Time:     windows of engagement.window.seconds that slide by engagement.slide.seconds, aligned to the epoch; window_start
--           inclusive, window_end exclusive. Impressions and clicks count by their own time.
--           score: 100 * (1 - exp(-points / 20)). An impression gives 1 point and a valid click 10, each halved for every half
--           window that it lies before the window's end; and each campaign beyond the first among these gives 2 points.
--           Points of events are rounded to millionths and summed as whole numbers, so the sum does not depend on the order.
-- Lateness: a window is written once, when the watermark passes its end; what comes later is a late_event.
-- Inputs:   engagement_events.
-- Output:   user_engagement.
-- State:    per open window and user, one accumulator and the set of the user's campaigns; dropped when the window is written.
INSERT INTO user_engagement
SELECT
  'user_engagement' AS record_type,
  CONCAT('user_engagement:', DATE_FORMAT(window_start, 'yyyy-MM-dd''T''HH:mm:ss.SSS''Z'''), ':', user_id) AS record_id,
  1 AS schema_version,
  DATE_FORMAT(window_end, 'yyyy-MM-dd''T''HH:mm:ss.SSS''Z''') AS event_time,
  ROW(
    user_id,
    DATE_FORMAT(window_start, 'yyyy-MM-dd''T''HH:mm:ss.SSS''Z'''),
    DATE_FORMAT(window_end, 'yyyy-MM-dd''T''HH:mm:ss.SSS''Z'''),
    impressions,
    clicks,
    distinct_campaigns,
    ROUND(100 * (1 - EXP(-(micropoints / 1E6 + 2 * GREATEST(0, scoring_campaigns - 1)) / 20)), 2)
  ) AS user_engagement
FROM (
  SELECT
    window_start,
    window_end,
    user_id,
    SUM(CAST(impressions AS BIGINT)) AS impressions,
    SUM(CAST(clicks AS BIGINT)) AS clicks,
    COUNT(DISTINCT campaign_id) FILTER (WHERE impressions + clicks > 0) AS distinct_campaigns,
    COUNT(DISTINCT campaign_id) FILTER (WHERE points > 0) AS scoring_campaigns,
    SUM(points * CAST(ROUND(1E6 * POWER(2, -seconds_to_end * 2 / ${engagement.window.seconds})) AS BIGINT)) AS micropoints
  FROM (
    SELECT
      *,
      -- The end of a window is a whole second.
      EXTRACT(EPOCH FROM window_end) - EXTRACT(EPOCH FROM event_time) - EXTRACT(MILLISECOND FROM event_time) / 1E3
        AS seconds_to_end
    -- The linter takes DESCRIPTOR(...) and SECOND(10) for words before a bracket.
    FROM
      TABLE(HOP(
        TABLE engagement_events, DESCRIPTOR(event_time), -- noqa
        INTERVAL '${engagement.slide.seconds}' SECOND(10), -- noqa
        INTERVAL '${engagement.window.seconds}' SECOND(10) -- noqa
      ))
  ) AS in_windows
  GROUP BY window_start, window_end, user_id
) AS per_window
-- A click may be of another user than its impression: who has nothing but a valid attributed click was not there.
WHERE impressions + clicks > 0
