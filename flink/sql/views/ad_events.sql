-- What happened to an ad: impressions and clicks in one stream, each counting as itself.
--
-- Grain:    one row per accepted impression or click.
-- Time:     event_time, the impression's or the click's own; a time attribute.
-- Lateness: late events are not in the inputs.
-- Inputs:   impressions, clicks.
-- State:    none.
CREATE TEMPORARY VIEW ad_events AS
SELECT
  event_time,
  user_id,
  campaign_id,
  ad_id,
  publisher_id,
  device_type,
  country,
  ip,
  known_bot,
  1 AS impressions,
  0 AS clicks,
  COALESCE(cost_micros, 0) AS cost_micros
FROM impressions
UNION ALL
SELECT
  event_time,
  user_id,
  campaign_id,
  ad_id,
  publisher_id,
  device_type,
  country,
  ip,
  known_bot,
  0 AS impressions,
  1 AS clicks,
  CAST(0 AS BIGINT) AS cost_micros
FROM clicks
