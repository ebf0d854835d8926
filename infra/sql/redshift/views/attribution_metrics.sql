-- One record per impression window and campaign, written once the attribution window has closed: the settled figures. A
-- click counts in the window of its impression.
-- Each result once, regardless of repeated deliveries; times have a time type. Generated: npx nx run infra:generate
CREATE OR REPLACE VIEW ad_analytics.attribution_metrics AS
SELECT
  record_id,
  schema_version,
  event_time::TIMESTAMPTZ AS event_time,
  campaign_id,
  window_start::TIMESTAMPTZ AS window_start,
  window_end::TIMESTAMPTZ AS window_end,
  impressions,
  attributed_clicks,
  valid_clicks,
  ctr,
  valid_ctr,
  cost_micros
FROM (
  SELECT
    record_id,
    schema_version,
    event_time,
    campaign_id,
    window_start,
    window_end,
    impressions,
    attributed_clicks,
    valid_clicks,
    ctr,
    valid_ctr,
    cost_micros,
    ROW_NUMBER() OVER (PARTITION BY record_id ORDER BY schema_version DESC) AS delivery
  FROM ad_analytics.attribution_metrics_delivery
) AS deliveries
WHERE delivery = 1
-- So that a materialized view under it can be recreated.
WITH NO SCHEMA BINDING;
