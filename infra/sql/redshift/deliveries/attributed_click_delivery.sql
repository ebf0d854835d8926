-- Deliveries of attributed_click. One record per distinct click_id whose impression (the same impression_id) happened
-- at most one attribution window before the click.
-- Refreshed from result_delivery, not from the stream; can be dropped and made again. Generated: npx nx run infra:generate
CREATE MATERIALIZED VIEW ad_analytics.attributed_click_delivery
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
  record.attributed_click.click_id::VARCHAR(512) AS click_id,
  record.attributed_click.impression_id::VARCHAR(512) AS impression_id,
  record.attributed_click.user_id::VARCHAR(512) AS user_id,
  record.attributed_click.campaign_id::VARCHAR(512) AS campaign_id,
  record.attributed_click.ad_id::VARCHAR(512) AS ad_id,
  record.attributed_click.publisher_id::VARCHAR(512) AS publisher_id,
  record.attributed_click.device_type::VARCHAR(64) AS device_type,
  record.attributed_click.country::VARCHAR(64) AS country,
  record.attributed_click.impression_time::VARCHAR(24) AS impression_time,
  record.attributed_click.click_time::VARCHAR(24) AS click_time,
  record.attributed_click.time_to_click_ms::BIGINT AS time_to_click_ms,
  record.attributed_click.cost_micros::BIGINT AS cost_micros,
  record.attributed_click.invalid_reasons AS invalid_reasons
FROM ad_analytics.result_delivery
WHERE record.record_type::VARCHAR(64) = 'attributed_click';
