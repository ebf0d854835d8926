-- @title iPinYou seasons 2 and 3: imp.*.txt and clk.*.txt in one import (unpack the .bz2 first)
-- @format csv
-- @delimiter tab
-- @quote none
-- @header no
-- @columns bid_id, timestamp, log_type, ipinyou_id, user_agent, ip, region_id, city_id, ad_exchange, domain, url, anonymous_url
-- @columns slot_id, slot_width, slot_height, slot_visibility, slot_format, slot_floor_price, creative_id, bidding_price
-- @columns paying_price, landing_page_url, advertiser_id, user_tags
-- Log types: 1 impression, 2 click, 3 conversion. Times are Beijing's. Addresses lack their last part, so they are left out. The paying
-- price is in fen (1/100 yuan) for a thousand impressions; a dollar was 6.15 yuan in 2013.
SELECT
  CASE log_type WHEN '1' THEN 'impression' WHEN '2' THEN 'click' END AS event_type,
  bid_id AS impression_id,
  timezone('Asia/Shanghai', try_strptime("timestamp", '%Y%m%d%H%M%S%g')) AS event_time,
  coalesce(filled_in(ipinyou_id), 'device-' || md5(concat_ws(' ', ip, user_agent))) AS user_id,
  advertiser_id AS campaign_id,
  creative_id AS ad_id,
  coalesce(filled_in(domain), filled_in(anonymous_url), 'exchange-' || ad_exchange) AS publisher_id,
  'CN' AS country,
  whole_ip(ip) AS ip,
  filled_in(user_agent) AS user_agent,
  round(try_cast(paying_price AS DOUBLE) * 10 / 6.15) AS cost_micros,
  slot_width AS width,
  slot_height AS height,
  source AS source_row
FROM source
