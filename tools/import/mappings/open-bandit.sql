-- @title Open Bandit Dataset (ZOZO): all.csv, men.csv, women.csv
-- @format csv
-- @delimiter comma
-- @header yes
-- A row is an impression, clicked or not. Users are published by four features only, so those who share them count as one user. The
-- campaign is the name of the file, the publisher the position on the page.
SELECT
  click AS clicked,
  time_from_text("timestamp") AS event_time,
  md5(concat_ws('|', user_feature_0, user_feature_1, user_feature_2, user_feature_3)) AS user_id,
  coalesce(nullif(regexp_extract(source_file, '(all|men|women)\.csv', 1), ''), 'unknown') AS campaign_id,
  item_id AS ad_id,
  'zozotown-' || position AS publisher_id,
  source AS source_row
FROM source
