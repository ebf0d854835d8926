-- Deliveries of campaign_metrics. One record per window, dimension and key: real-time gross figures that do not wait
-- for attribution. Impressions and clicks each count by their own event time.
-- Refreshed from result_delivery, not from the stream; can be dropped and made again. Generated: npx nx run infra:generate
CREATE MATERIALIZED VIEW ad_analytics.campaign_metrics_delivery
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
  record.campaign_metrics.dimension::VARCHAR(64) AS dimension,
  record.campaign_metrics.key::VARCHAR(512) AS key,
  record.campaign_metrics.window_start::VARCHAR(24) AS window_start,
  record.campaign_metrics.window_end::VARCHAR(24) AS window_end,
  record.campaign_metrics.impressions::BIGINT AS impressions,
  record.campaign_metrics.clicks::BIGINT AS clicks,
  record.campaign_metrics.ctr::DOUBLE PRECISION AS ctr,
  record.campaign_metrics.cost_micros::BIGINT AS cost_micros,
  record.campaign_metrics.unique_users::BIGINT AS unique_users
FROM ad_analytics.result_delivery
WHERE record.record_type::VARCHAR(64) = 'campaign_metrics';
