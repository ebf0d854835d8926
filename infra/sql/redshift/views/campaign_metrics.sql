-- One record per window, dimension and key: real-time gross figures that do not wait for attribution. Impressions and
-- clicks each count by their own event time.
-- Each result once, regardless of repeated deliveries; times have a time type. Generated: npx nx run infra:generate
CREATE OR REPLACE VIEW ad_analytics.campaign_metrics AS
SELECT
  record_id,
  schema_version,
  event_time::TIMESTAMPTZ AS event_time,
  dimension,
  key,
  window_start::TIMESTAMPTZ AS window_start,
  window_end::TIMESTAMPTZ AS window_end,
  impressions,
  clicks,
  ctr,
  cost_micros,
  unique_users
FROM (
  SELECT
    record_id,
    schema_version,
    event_time,
    dimension,
    key,
    window_start,
    window_end,
    impressions,
    clicks,
    ctr,
    cost_micros,
    unique_users,
    ROW_NUMBER() OVER (PARTITION BY record_id ORDER BY schema_version DESC) AS delivery
  FROM ad_analytics.campaign_metrics_delivery
) AS deliveries
WHERE delivery = 1
-- So that a materialized view under it can be recreated.
WITH NO SCHEMA BINDING;
