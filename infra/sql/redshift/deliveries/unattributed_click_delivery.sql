-- Deliveries of unattributed_click. One record per distinct click_id without an impression within the attribution
-- window, written once such an impression can no longer arrive in time.
-- Refreshed from result_delivery, not from the stream; can be dropped and made again. Generated: npx nx run infra:generate
CREATE MATERIALIZED VIEW ad_analytics.unattributed_click_delivery
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
  record.unattributed_click.click_id::VARCHAR(512) AS click_id,
  record.unattributed_click.impression_id::VARCHAR(512) AS impression_id,
  record.unattributed_click.user_id::VARCHAR(512) AS user_id,
  record.unattributed_click.campaign_id::VARCHAR(512) AS campaign_id,
  record.unattributed_click.ad_id::VARCHAR(512) AS ad_id,
  record.unattributed_click.publisher_id::VARCHAR(512) AS publisher_id,
  record.unattributed_click.click_time::VARCHAR(24) AS click_time
FROM ad_analytics.result_delivery
WHERE record.record_type::VARCHAR(64) = 'unattributed_click';
