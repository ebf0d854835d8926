-- Deliveries of late_event. One record per late event. A late event is not part of any window or join.
-- Refreshed from result_delivery, not from the stream; can be dropped and made again. Generated: npx nx run infra:generate
CREATE MATERIALIZED VIEW ad_analytics.late_event_delivery
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
  record.late_event.source::VARCHAR(64) AS source,
  record.late_event.event_id::VARCHAR(512) AS event_id,
  record.late_event.lateness_ms::BIGINT AS lateness_ms
FROM ad_analytics.result_delivery
WHERE record.record_type::VARCHAR(64) = 'late_event';
