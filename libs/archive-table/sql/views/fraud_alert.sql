-- One record per rule, actor and window in which the actor broke the rule.
-- Each result once, regardless of repeated deliveries. Generated: npx nx run archive-table:generate
SELECT
  record_id,
  schema_version,
  event_time,
  event_date,
  payload.rule AS rule,
  payload.actor_type AS actor_type,
  payload.actor_id AS actor_id,
  payload.window_start AS window_start,
  payload.window_end AS window_end,
  payload.observed AS observed,
  payload.threshold AS threshold,
  payload.severity AS severity
FROM (
  SELECT
    record_id,
    schema_version,
    event_time,
    event_date,
    fraud_alert AS payload,
    ROW_NUMBER() OVER (PARTITION BY event_date, record_id ORDER BY schema_version DESC) AS delivery
  FROM results
  WHERE record_type = 'fraud_alert'
) AS deliveries
WHERE delivery = 1
