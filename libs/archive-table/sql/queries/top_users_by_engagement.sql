-- The most engaged users.
--
-- Grain:      one row per user, the 50 with the highest score.
-- Figures:    peak_score is the highest score of the user's windows, and the other figures are those of that window. Windows
--             overlap, so a sum over them would count an event several times.
-- Parameters: first day, last day (2026-11-23), both inclusive.
SELECT
  user_id,
  score AS peak_score,
  window_start,
  window_end,
  impressions,
  clicks,
  distinct_campaigns
FROM (
  SELECT
    user_id,
    score,
    window_start,
    window_end,
    impressions,
    clicks,
    distinct_campaigns,
    ROW_NUMBER() OVER (PARTITION BY user_id ORDER BY score DESC, window_start ASC) AS place
  FROM user_engagement
  WHERE event_date BETWEEN ? AND ?
) AS windows
WHERE place = 1
ORDER BY peak_score DESC, user_id ASC
LIMIT 50
