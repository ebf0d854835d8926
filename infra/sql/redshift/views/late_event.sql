-- One record per late event. A late event is not part of any window or join.
-- Each result once, regardless of repeated deliveries; times have a time type. Generated: npx nx run infra:generate
CREATE OR REPLACE VIEW ad_analytics.late_event AS
SELECT
  record_id,
  schema_version,
  event_time::TIMESTAMPTZ AS event_time,
  source,
  event_id,
  lateness_ms
FROM (
  SELECT
    record_id,
    schema_version,
    event_time,
    source,
    event_id,
    lateness_ms,
    ROW_NUMBER() OVER (PARTITION BY record_id ORDER BY schema_version DESC) AS delivery
  FROM ad_analytics.late_event_delivery
) AS deliveries
WHERE delivery = 1
-- So that a materialized view under it can be recreated.
WITH NO SCHEMA BINDING;
