-- Deliveries of attribution_metrics. One record per impression window and campaign, written once the attribution window
-- has closed: the settled figures. A click counts in the window of its impression.
-- Refreshed from result_delivery, not from the stream; can be dropped and made again. Generated: npx nx run infra:generate
CREATE MATERIALIZED VIEW ad_analytics.attribution_metrics_delivery
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
  record.attribution_metrics.campaign_id::VARCHAR(512) AS campaign_id,
  record.attribution_metrics.window_start::VARCHAR(24) AS window_start,
  record.attribution_metrics.window_end::VARCHAR(24) AS window_end,
  record.attribution_metrics.impressions::BIGINT AS impressions,
  record.attribution_metrics.attributed_clicks::BIGINT AS attributed_clicks,
  record.attribution_metrics.valid_clicks::BIGINT AS valid_clicks,
  record.attribution_metrics.ctr::DOUBLE PRECISION AS ctr,
  record.attribution_metrics.valid_ctr::DOUBLE PRECISION AS valid_ctr,
  record.attribution_metrics.cost_micros::BIGINT AS cost_micros
FROM ad_analytics.result_delivery
WHERE record.record_type::VARCHAR(64) = 'attribution_metrics';
