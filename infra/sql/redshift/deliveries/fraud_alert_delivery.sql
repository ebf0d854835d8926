-- Deliveries of fraud_alert. One record per rule, actor and window in which the actor broke the rule.
-- Refreshed from result_delivery, not from the stream; can be dropped and made again. Generated: npx nx run infra:generate
CREATE MATERIALIZED VIEW ad_analytics.fraud_alert_delivery
DISTSTYLE KEY
DISTKEY (record_id)
SORTKEY (event_time)
AUTO REFRESH YES
AS
SELECT
  approximate_arrival_timestamp,
  record.record_id::VARCHAR(1024) AS record_id,
  record.schema_version::INTEGER AS schema_version,
  record.event_time::VARCHAR(24) AS event_time,
  record.fraud_alert.rule::VARCHAR(64) AS rule,
  record.fraud_alert.actor_type::VARCHAR(64) AS actor_type,
  record.fraud_alert.actor_id::VARCHAR(512) AS actor_id,
  record.fraud_alert.window_start::VARCHAR(24) AS window_start,
  record.fraud_alert.window_end::VARCHAR(24) AS window_end,
  record.fraud_alert.observed::DOUBLE PRECISION AS observed,
  record.fraud_alert.threshold::DOUBLE PRECISION AS threshold,
  record.fraud_alert.severity::VARCHAR(64) AS severity
FROM ad_analytics.result_delivery
WHERE record.record_type::VARCHAR(64) = 'fraud_alert';
