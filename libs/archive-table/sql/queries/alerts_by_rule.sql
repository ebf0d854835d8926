-- How much invalid traffic each rule finds.
--
-- Grain:      one row per day, rule and kind of actor.
-- Figures:    sliding windows overlap, so that one incident raises several alerts; actors counts each actor once a day.
-- Parameters: first day, last day (2026-11-23), both inclusive.
SELECT
  event_date AS alert_day,
  rule,
  actor_type,
  COUNT(*) AS alerts,
  COUNT(DISTINCT actor_id) AS actors,
  SUM(CASE WHEN severity = 'high' THEN 1 ELSE 0 END) AS high_alerts
FROM fraud_alert
WHERE event_date BETWEEN ? AND ?
GROUP BY event_date, rule, actor_type
ORDER BY event_date ASC, alerts DESC, rule ASC, actor_type ASC
