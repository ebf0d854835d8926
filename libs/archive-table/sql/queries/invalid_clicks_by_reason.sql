-- Why clicks are invalid.
--
-- Grain:      one row per day of the click and reason.
-- Figures:    a click with several reasons counts under each of them.
-- Parameters: first day, last day (2026-11-23), both inclusive.
SELECT
  clicks.event_date AS click_day,
  reasons.reason,
  COUNT(*) AS clicks,
  COUNT(DISTINCT clicks.user_id) AS users,
  COUNT(DISTINCT clicks.publisher_id) AS publishers
FROM attributed_click AS clicks
CROSS JOIN UNNEST(clicks.invalid_reasons) AS reasons (reason)
WHERE clicks.event_date BETWEEN ? AND ?
GROUP BY clicks.event_date, reasons.reason
ORDER BY clicks.event_date ASC, clicks DESC, reasons.reason ASC
