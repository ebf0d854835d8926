-- Clicks without an impression.
--
-- Grain:     one row per distinct click_id, once an impression of that impression_id would be late.
-- Time:      event_time, when the ad was clicked; user, campaign, ad and publisher are the click's own.
-- Watermark: of the attribution operator, behind those of the inputs by the time it waits for impressions.
CREATE TEMPORARY TABLE unattributed_clicks (
  click_id STRING,
  impression_id STRING,
  user_id STRING,
  campaign_id STRING,
  ad_id STRING,
  publisher_id STRING,
  ip STRING,
  event_time TIMESTAMP_LTZ(3),
  WATERMARK FOR event_time AS SOURCE_WATERMARK()
) WITH (
  'connector' = 'event-pipeline',
  'stream' = 'unattributed_click'
)
