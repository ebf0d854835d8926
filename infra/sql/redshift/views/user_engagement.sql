-- One record per user and sliding window, for windows in whose last slide the user had an accepted event.
-- Each result once, regardless of repeated deliveries; times have a time type. Generated: npx nx run infra:generate
CREATE OR REPLACE VIEW ad_analytics.user_engagement AS
SELECT
  record_id,
  schema_version,
  event_time::TIMESTAMPTZ AS event_time,
  user_id,
  window_start::TIMESTAMPTZ AS window_start,
  window_end::TIMESTAMPTZ AS window_end,
  impressions,
  clicks,
  distinct_campaigns,
  score
FROM (
  SELECT
    record_id,
    schema_version,
    event_time,
    user_id,
    window_start,
    window_end,
    impressions,
    clicks,
    distinct_campaigns,
    score,
    ROW_NUMBER() OVER (PARTITION BY record_id ORDER BY schema_version DESC) AS delivery
  FROM ad_analytics.user_engagement_delivery
) AS deliveries
WHERE delivery = 1
-- So that a materialized view under it can be recreated.
WITH NO SCHEMA BINDING;
