-- @title columns with the names of the contract, in any form; times with any offset; one file for both, or one for each
-- @optional click_id, impression_id, device_type, country, ip, user_agent, cost_micros, width, height
SELECT
  CASE WHEN click_id IS NULL THEN 'impression' ELSE 'click' END AS event_type,
  impression_id, click_id, event_time, user_id, campaign_id, ad_id, publisher_id,
  device_type, country, ip, user_agent, cost_micros, width, height,
  source AS source_row
FROM source
