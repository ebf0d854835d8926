-- One record per input record that is not a valid event. A rejected record is not part of any figure and does not
-- advance the clock of its shard.
-- Each result once, regardless of repeated deliveries; times have a time type. Generated: npx nx run infra:generate
CREATE OR REPLACE VIEW ad_analytics.rejected_event AS
SELECT
  record_id,
  schema_version,
  event_time::TIMESTAMPTZ AS event_time,
  source,
  reason,
  raw_length
FROM (
  SELECT
    record_id,
    schema_version,
    event_time,
    source,
    reason,
    raw_length,
    ROW_NUMBER() OVER (PARTITION BY record_id ORDER BY schema_version DESC) AS delivery
  FROM ad_analytics.rejected_event_delivery
) AS deliveries
WHERE delivery = 1
-- So that a materialized view under it can be recreated.
WITH NO SCHEMA BINDING;
