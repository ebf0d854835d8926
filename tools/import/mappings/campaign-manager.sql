-- @title Google Campaign Manager 360 data transfer files (version 2): impression and click files in one import
-- @format csv
-- @delimiter comma
-- @header yes
-- @optional Event Type, Event Time, User ID, Advertiser ID, Campaign ID, Ad ID, Site ID (CM360), Site ID (DCM), Placement ID
-- @optional Country Code, Impression ID, DBM Media Cost (USD)
-- Times are microseconds since 1970. The user is 0 where Google leaves it out; such rows have no known user, so each gets
-- a separate one. The cost exists for Display & Video 360 only, in billionths of a dollar.
SELECT
  CASE "Event Type" WHEN 'VIEW' THEN 'impression' WHEN 'CLICK' THEN 'click' END AS event_type,
  "Impression ID" AS impression_id,
  time_from_microseconds("Event Time") AS event_time,
  coalesce(nullif("User ID", '0'), 'unknown-' || "Impression ID") AS user_id,
  "Campaign ID" AS campaign_id,
  "Ad ID" AS ad_id,
  coalesce("Site ID (CM360)", "Site ID (DCM)") AS publisher_id,
  country_code("Country Code") AS country,
  round(try_cast("DBM Media Cost (USD)" AS DOUBLE) / 1000) AS cost_micros,
  source AS source_row
FROM source
