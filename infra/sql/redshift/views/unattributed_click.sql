-- One record per distinct click_id without an impression within the attribution window, written once such an impression
-- can no longer arrive in time.
-- Each result once, regardless of repeated deliveries; times have a time type. Generated: npx nx run infra:generate
CREATE OR REPLACE VIEW ad_analytics.unattributed_click AS
SELECT
  record_id,
  schema_version,
  event_time::TIMESTAMPTZ AS event_time,
  click_id,
  impression_id,
  user_id,
  campaign_id,
  ad_id,
  publisher_id,
  click_time::TIMESTAMPTZ AS click_time
FROM (
  SELECT
    record_id,
    schema_version,
    event_time,
    click_id,
    impression_id,
    user_id,
    campaign_id,
    ad_id,
    publisher_id,
    click_time,
    ROW_NUMBER() OVER (PARTITION BY record_id ORDER BY schema_version DESC) AS delivery
  FROM ad_analytics.unattributed_click_delivery
) AS deliveries
WHERE delivery = 1
-- So that a materialized view under it can be recreated.
WITH NO SCHEMA BINDING;
