-- @title VAST tracking requests in CloudFront standard logs (33 columns)
-- @format csv
-- @delimiter tab
-- @quote none
-- @header no
-- @comment #
-- @columns date, time, edge_location, sc_bytes, c_ip, method, host, uri_stem, status, referer, user_agent, uri_query, cookie
-- @columns edge_result_type, edge_request_id, host_header, protocol, cs_bytes, time_taken, x_forwarded_for, ssl_protocol, ssl_cipher
-- @columns edge_response_result_type, protocol_version, fle_status, fle_encrypted_fields, c_port, time_to_first_byte
-- @columns edge_detailed_result_type, content_type, content_len, range_start, range_end
-- Tracking URLs end with /impression or /click (VAST: Impression, ClickTracking), other events of a player with their names. Their
-- parameters are imp, campaign, ad, pub and user. Change the names to yours. Times are UTC, of full seconds.
WITH request AS (
  SELECT source AS source_row, *, filled_in(TRY(url_decode(TRY(url_decode(user_agent))))) AS agent, regexp_extract(uri_stem, '[^/]*$') AS event FROM source
)
SELECT
  CASE event WHEN 'impression' THEN 'impression' WHEN 'click' THEN 'click' END AS event_type,
  filled_in(url_parameter(uri_query, 'imp')) AS impression_id,
  timezone('UTC', try_cast("date" || ' ' || "time" AS TIMESTAMP)) AS event_time,
  coalesce(filled_in(url_parameter(uri_query, 'user')), 'device-' || md5(concat_ws('|', c_ip, user_agent))) AS user_id,
  filled_in(url_parameter(uri_query, 'campaign')) AS campaign_id,
  filled_in(url_parameter(uri_query, 'ad')) AS ad_id,
  filled_in(url_parameter(uri_query, 'pub')) AS publisher_id,
  device_class(agent) AS device_type,
  whole_ip(c_ip) AS ip,
  agent AS user_agent,
  source_row
FROM request
