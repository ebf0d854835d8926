-- @title OpenRTB billing and click notices: a log of their requests with the columns time, url, ip, user_agent (CSV or JSON lines)
-- @optional time, url, ip, user_agent
-- The path of the URL ends with /bill or /click. Its parameters carry the macros of the standard, by these names: auction_id
-- (${AUCTION_ID}), imp_id (${AUCTION_IMP_ID}), price (${AUCTION_PRICE}, for a thousand), currency (${AUCTION_CURRENCY}), ad_id
-- (${AUCTION_AD_ID}), and what the bidder added: campaign_id, publisher_id, user_id, w, h. Change the names to yours.
SELECT
  CASE WHEN regexp_matches(url, '/bill(\?|$)') THEN 'impression' WHEN regexp_matches(url, '/click(\?|$)') THEN 'click' END AS event_type,
  filled_in(url_parameter(url, 'auction_id')) || coalesce('-' || filled_in(url_parameter(url, 'imp_id')), '') AS impression_id,
  time_from_text("time") AS event_time,
  filled_in(url_parameter(url, 'user_id')) AS user_id,
  filled_in(url_parameter(url, 'campaign_id')) AS campaign_id,
  filled_in(url_parameter(url, 'ad_id')) AS ad_id,
  filled_in(url_parameter(url, 'publisher_id')) AS publisher_id,
  whole_ip(ip) AS ip,
  filled_in(user_agent) AS user_agent,
  CASE WHEN coalesce(filled_in(url_parameter(url, 'currency')), 'USD') = 'USD'
    THEN micros_from_cpm(filled_in(url_parameter(url, 'price'))) END AS cost_micros,
  url_parameter(url, 'w') AS width,
  url_parameter(url, 'h') AS height,
  source AS source_row
FROM source
