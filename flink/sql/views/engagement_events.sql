-- What a user does with ads, and what it is worth to the engagement score.
--
-- Grain:    one row per accepted impression, per accepted click and, again, per valid attributed click: only the latter is
--           worth something, but every click is counted.
-- Time:     event_time, when the ad was shown or clicked; a time attribute. A valid click's user and campaign are those of its
--           impression.
-- Lateness: late events are not in the inputs.
-- Inputs:   impressions, clicks, attributed_clicks.
-- State:    none.
CREATE TEMPORARY VIEW engagement_events AS
SELECT
  event_time,
  user_id,
  campaign_id,
  1 AS impressions,
  0 AS clicks,
  1 AS points
FROM impressions
UNION ALL
SELECT
  event_time,
  user_id,
  campaign_id,
  0 AS impressions,
  1 AS clicks,
  0 AS points
FROM clicks
UNION ALL
SELECT
  event_time,
  user_id,
  campaign_id,
  0 AS impressions,
  0 AS clicks,
  10 AS points
FROM attributed_clicks
WHERE CARDINALITY(invalid_reasons) = 0
