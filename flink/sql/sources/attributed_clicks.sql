-- Clicks joined to their impression by the attribution operator.
--
-- Grain:     one row per distinct click_id whose impression has the same impression_id and lies at most
--            attribution.window.seconds before it.
-- Time:      event_time, when the ad was clicked; user, campaign, ad, publisher, device and country are the impression's.
-- Watermark: of the operator, behind those of the inputs by the time it waits for impressions.
CREATE TEMPORARY TABLE attributed_clicks (
  click_id STRING,
  impression_id STRING,
  user_id STRING,
  campaign_id STRING,
  ad_id STRING,
  publisher_id STRING,
  device_type STRING,
  country STRING,
  ip STRING,
  impression_time TIMESTAMP_LTZ(3),
  event_time TIMESTAMP_LTZ(3),
  time_to_click_ms BIGINT,
  cost_micros BIGINT,
  invalid_reasons ARRAY<STRING>,
  WATERMARK FOR event_time AS SOURCE_WATERMARK()
) WITH (
  'connector' = 'event-pipeline',
  'stream' = 'attributed_click'
)
