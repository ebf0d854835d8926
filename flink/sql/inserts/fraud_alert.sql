-- Which addresses, users and publishers show the behaviour of invalid traffic?
--
-- Grain:    one row per rule, actor and window in which the actor broke the rule.
-- Time:     the windows of the rules: short and long sliding ones, and those of campaign_metrics for publishers.
-- Lateness: an alert is written once, when the watermark passes the end of its window; a late event is not an input, it
--           becomes a late_event.
-- Inputs:   fraud_alerts.
-- Output:   fraud_alert.
-- State:    none here; see the windows.
INSERT INTO fraud_alert
SELECT
  'fraud_alert' AS record_type,
  CONCAT(
    'fraud_alert:',
    rule,
    ':',
    actor_type,
    ':',
    FORMAT_TIME(window_start),
    ':',
    actor_id
  ) AS record_id,
  1 AS schema_version,
  FORMAT_TIME(window_end) AS event_time,
  ROW(
    rule,
    actor_type,
    actor_id,
    FORMAT_TIME(window_start),
    FORMAT_TIME(window_end),
    observed,
    threshold,
    severity
  ) AS fraud_alert
FROM fraud_alerts
