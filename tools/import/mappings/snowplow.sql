-- @title Snowplow enriched events (TSV): ad_impression and ad_click
-- @format csv
-- @delimiter tab
-- @quote none
-- @header no
-- @columns app_id, platform, etl_tstamp, collector_tstamp, dvce_created_tstamp, event, event_id, txn_id, name_tracker, v_tracker
-- @columns v_collector, v_etl, user_id, user_ipaddress, user_fingerprint, domain_userid, domain_sessionidx, network_userid, geo_country
-- @columns geo_region, geo_city, geo_zipcode, geo_latitude, geo_longitude, geo_region_name, ip_isp, ip_organization, ip_domain
-- @columns ip_netspeed, page_url, page_title, page_referrer, page_urlscheme, page_urlhost, page_urlport, page_urlpath, page_urlquery
-- @columns page_urlfragment, refr_urlscheme, refr_urlhost, refr_urlport, refr_urlpath, refr_urlquery, refr_urlfragment, refr_medium
-- @columns refr_source, refr_term, mkt_medium, mkt_source, mkt_term, mkt_content, mkt_campaign, contexts, se_category, se_action
-- @columns se_label, se_property, se_value, unstruct_event, tr_orderid, tr_affiliation, tr_total, tr_tax, tr_shipping, tr_city
-- @columns tr_state, tr_country, ti_orderid, ti_sku, ti_name, ti_category, ti_price, ti_quantity, pp_xoffset_min, pp_xoffset_max
-- @columns pp_yoffset_min, pp_yoffset_max, useragent, br_name, br_family, br_version, br_type, br_renderengine, br_lang
-- @columns br_features_pdf, br_features_flash, br_features_java, br_features_director, br_features_quicktime, br_features_realplayer
-- @columns br_features_windowsmedia, br_features_gears, br_features_silverlight, br_cookies, br_colordepth, br_viewwidth
-- @columns br_viewheight, os_name, os_family, os_manufacturer, os_timezone, dvce_type, dvce_ismobile, dvce_screenwidth
-- @columns dvce_screenheight, doc_charset, doc_width, doc_height, tr_currency, tr_total_base, tr_tax_base, tr_shipping_base, ti_currency
-- @columns ti_price_base, base_currency, geo_timezone, mkt_clickid, mkt_network, etl_tags, dvce_sent_tstamp, refr_domain_userid
-- @columns refr_dvce_tstamp, derived_contexts, domain_sessionid, derived_tstamp, event_vendor, event_name, event_format, event_version
-- @columns event_fingerprint, true_tstamp
-- Times are UTC; the derived one is corrected for the clock of the device. The cost is taken for dollars; by the model cpm, for a thousand.
WITH ad AS (
  SELECT source AS source_row, *, try_cast(unstruct_event AS JSON) -> '$.data.data' AS body FROM source
)
SELECT
  CASE event_name WHEN 'ad_impression' THEN 'impression' WHEN 'ad_click' THEN 'click' END AS event_type,
  coalesce(body ->> 'impressionId', CASE event_name WHEN 'ad_impression' THEN event_id END) AS impression_id,
  CASE event_name WHEN 'ad_click' THEN coalesce(body ->> 'clickId', event_id) END AS click_id,
  timezone('UTC', try_cast(coalesce(derived_tstamp, collector_tstamp) AS TIMESTAMP)) AS event_time,
  coalesce(user_id, domain_userid, network_userid) AS user_id,
  coalesce(body ->> 'campaignId', 'unknown') AS campaign_id,
  coalesce(body ->> 'bannerId', 'unknown') AS ad_id,
  coalesce(body ->> 'zoneId', page_urlhost, app_id) AS publisher_id,
  country_code(geo_country) AS country,
  whole_ip(user_ipaddress) AS ip,
  useragent AS user_agent,
  CASE WHEN event_name = 'ad_impression' AND (body ->> 'costModel') = 'cpm' THEN micros_from_cpm(body ->> 'cost') END AS cost_micros,
  source_row
FROM ad
