-- Clicks on ads, as they come in: whether they belong to an impression is not known yet.
--
-- Grain:     one row per accepted click; rejected, late and duplicate ones are elsewhere.
-- Time:      event_time, when the ad was clicked.
-- known_bot: the user agent is on the list of the npm package crawler-user-agents.
-- Watermark: of the source, which takes it per shard: greatest event time of a shard - max.out.of.orderness.seconds.
CREATE TEMPORARY TABLE clicks (
  click_id STRING,
  impression_id STRING,
  event_time TIMESTAMP_LTZ(3),
  user_id STRING,
  campaign_id STRING,
  ad_id STRING,
  publisher_id STRING,
  device_type STRING,
  country STRING,
  ip STRING,
  user_agent STRING,
  known_bot BOOLEAN,
  WATERMARK FOR event_time AS SOURCE_WATERMARK()
) WITH (
  'connector' = 'event-pipeline',
  'stream' = 'click'
)
