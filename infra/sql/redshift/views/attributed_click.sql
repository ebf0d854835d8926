-- One record per distinct click_id whose impression (the same impression_id) happened at most one attribution window
-- before the click.
-- Each result once, regardless of repeated deliveries; times have a time type. Generated: npx nx run infra:generate
CREATE OR REPLACE VIEW ad_analytics.attributed_click AS
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
  device_type,
  country,
  impression_time::TIMESTAMPTZ AS impression_time,
  click_time::TIMESTAMPTZ AS click_time,
  time_to_click_ms,
  cost_micros,
  invalid_reasons
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
    device_type,
    country,
    impression_time,
    click_time,
    time_to_click_ms,
    cost_micros,
    invalid_reasons,
    ROW_NUMBER() OVER (PARTITION BY record_id ORDER BY schema_version DESC) AS delivery
  FROM ad_analytics.attributed_click_delivery
) AS deliveries
WHERE delivery = 1
-- So that a materialized view under it can be recreated.
WITH NO SCHEMA BINDING;
