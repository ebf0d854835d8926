-- @title TalkingData AdTracking fraud detection (Kaggle): train.csv; clicks without impressions
-- @format csv
-- @delimiter comma
-- @header yes
-- Every row is a click; impressions are not published, so all of them come out as unattributed clicks. The impression_id is made of
-- the row. Address, device and system are numbers that stand for them; together they are taken for the user.
SELECT
  NULL AS click_id,
  'not-published-' || md5(concat_ws('|', ip, app, device, os, channel, click_time)) AS impression_id,
  timezone('UTC', try_cast(click_time AS TIMESTAMP)) AS event_time,
  concat_ws('-', ip, device, os) AS user_id,
  app AS campaign_id,
  app AS ad_id,
  channel AS publisher_id,
  source AS source_row
FROM source
