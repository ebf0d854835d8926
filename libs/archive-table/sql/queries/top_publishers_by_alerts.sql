-- The publishers with the most fraud alerts, and how many of their clicks are invalid.
--
-- Grain:      one row per publisher with an alert on it (actor_type publisher), the 20 with the most.
-- Figures:    worst is the greatest observed value of the alerts, in the unit of the rule (publisher_ctr_anomaly: z).
--             invalid_share is the share of the publisher's attributed clicks; null without attributed clicks.
-- Parameters: first day, last day (2026-11-23), both inclusive.
SELECT
  publisher_id,
  SUM(alert) AS alerts,
  SUM(high_alert) AS high_alerts,
  MAX(observed) AS worst,
  COUNT(DISTINCT alert_day) AS days_with_alerts,
  SUM(click) AS attributed_clicks,
  SUM(invalid_click) / CAST(NULLIF(SUM(click), 0) AS double) AS invalid_share
FROM (
  SELECT
    event_date,
    actor_id AS publisher_id,
    1 AS alert,
    CASE WHEN severity = 'high' THEN 1 ELSE 0 END AS high_alert,
    observed,
    event_date AS alert_day,
    0 AS click,
    0 AS invalid_click
  FROM fraud_alert
  WHERE actor_type = 'publisher'
  UNION ALL
  SELECT
    event_date,
    publisher_id,
    0 AS alert,
    0 AS high_alert,
    NULL AS observed,
    NULL AS alert_day,
    1 AS click,
    CASE WHEN COALESCE(invalid_reasons, ARRAY[]) <> ARRAY[] THEN 1 ELSE 0 END AS invalid_click
  FROM attributed_click
) AS alerts_and_clicks
WHERE event_date BETWEEN ? AND ?
GROUP BY publisher_id
HAVING SUM(alert) > 0
ORDER BY alerts DESC, high_alerts DESC, publisher_id ASC
LIMIT 20
