-- Deliveries of rejected_event. One record per input record that is not a valid event. A rejected record is not part of
-- any figure and does not advance the clock of its shard.
-- Refreshed from result_delivery, not from the stream; can be dropped and made again. Generated: npx nx run infra:generate
CREATE MATERIALIZED VIEW ad_analytics.rejected_event_delivery
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
  record.rejected_event.source::VARCHAR(64) AS source,
  record.rejected_event.reason::VARCHAR(65535) AS reason,
  record.rejected_event.raw_length::BIGINT AS raw_length
FROM ad_analytics.result_delivery
WHERE record.record_type::VARCHAR(64) = 'rejected_event';
