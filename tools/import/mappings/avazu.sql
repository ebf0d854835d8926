-- @title Avazu click-through rate prediction (Kaggle): train.gz
-- @format csv
-- @header yes
-- A row is an impression, clicked or not. Times are full hours, UTC. Device and address are hashes; the device a99f214a stands for all
-- that are not known, and the site 85f751fd for an app. C14 is taken for the ad and C17 for its campaign, C15 and C16 for the size,
-- as their values suggest; Avazu does not say.
SELECT
  id AS impression_id,
  click AS clicked,
  timezone('UTC', try_strptime(hour, '%y%m%d%H')) AS event_time,
  CASE WHEN device_id = 'a99f214a' THEN device_ip || '-' || device_model ELSE device_id END AS user_id,
  C17 AS campaign_id,
  C14 AS ad_id,
  CASE WHEN site_id = '85f751fd' THEN app_id ELSE site_id END AS publisher_id,
  C15 AS width,
  C16 AS height,
  source AS source_row
FROM source
