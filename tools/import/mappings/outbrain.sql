-- @title Outbrain click prediction (Kaggle): clicks_train.csv, events.csv and promoted_content.csv in one import
-- @format csv
-- @delimiter comma
-- @header yes
-- An impression is an ad of a display. Times count from 1465876799998 milliseconds after 1970, in milliseconds. The publisher is the page.
-- Rows of events.csv and promoted_content.csv are looked up, and are not events by themselves.
WITH
shown AS (SELECT display_id, ad_id, clicked FROM source WHERE clicked IS NOT NULL),
display AS (SELECT display_id, uuid, document_id, "timestamp", platform, geo_location FROM source WHERE uuid IS NOT NULL),
promoted AS (SELECT ad_id, campaign_id FROM source WHERE campaign_id IS NOT NULL)
SELECT
  display_id || '-' || ad_id AS impression_id,
  clicked,
  time_from_milliseconds(try_cast(display."timestamp" AS BIGINT) + 1465876799998) AS event_time,
  display.uuid AS user_id,
  promoted.campaign_id AS campaign_id,
  ad_id,
  display.document_id AS publisher_id,
  CASE display.platform WHEN '1' THEN 'desktop' WHEN '2' THEN 'mobile' WHEN '3' THEN 'tablet' END AS device_type,
  country_code(split_part(display.geo_location, '>', 1)) AS country,
  shown AS source_row
FROM shown LEFT JOIN display USING (display_id) LEFT JOIN promoted USING (ad_id)
