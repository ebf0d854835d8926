-- One record per rule, actor and window in which the actor broke the rule.
-- Each result once, regardless of repeated deliveries; times have a time type. Generated: npx nx run infra:generate
CREATE OR REPLACE VIEW ad_analytics.fraud_alert AS
SELECT
  record_id,
  schema_version,
  event_time::TIMESTAMPTZ AS event_time,
  rule,
  actor_type,
  actor_id,
  window_start::TIMESTAMPTZ AS window_start,
  window_end::TIMESTAMPTZ AS window_end,
  observed,
  threshold,
  severity
FROM (
  SELECT
    record_id,
    schema_version,
    event_time,
    rule,
    actor_type,
    actor_id,
    window_start,
    window_end,
    observed,
    threshold,
    severity,
    ROW_NUMBER() OVER (PARTITION BY record_id ORDER BY schema_version DESC) AS delivery
  FROM ad_analytics.fraud_alert_delivery
) AS deliveries
WHERE delivery = 1
-- So that a materialized view under it can be recreated.
WITH NO SCHEMA BINDING;
