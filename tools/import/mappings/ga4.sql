-- @title GA4 BigQuery export (events_*), as Parquet or JSON: ad_impression and ad_click, view_promotion and select_promotion
-- @optional event_name, event_timestamp, event_params, user_pseudo_id, device, geo, stream_id
-- A click does not say its impression: it is taken for that of the latest one of the same user and ad unit. The cost is the value of the event
-- where its currency is US dollars.
WITH ad AS (
  SELECT source AS source_row, event_name, event_timestamp, user_pseudo_id, device, geo, stream_id,
    md5(concat_ws('|', user_pseudo_id, event_timestamp, event_name, event_params)) AS own_id,
    CASE WHEN event_name IN ('ad_impression', 'view_promotion') THEN 'impression'
         WHEN event_name IN ('ad_click', 'select_promotion') THEN 'click' END AS event_type,
    coalesce(ga4_parameter(event_params, 'ad_unit_id'), ga4_parameter(event_params, 'ad_unit_code'),
      ga4_parameter(event_params, 'promotion_id'), 'unknown') AS unit,
    coalesce(ga4_parameter(event_params, 'ad_source'), ga4_parameter(event_params, 'promotion_name'), 'unknown') AS ad_source,
    CASE WHEN ga4_parameter(event_params, 'currency') = 'USD' THEN ga4_parameter(event_params, 'value') END AS dollars
  FROM source
)
SELECT
  event_type,
  CASE event_type WHEN 'impression' THEN own_id ELSE coalesce(
    last_value(CASE WHEN event_type = 'impression' THEN own_id END IGNORE NULLS)
      OVER (PARTITION BY user_pseudo_id, unit ORDER BY try_cast(event_timestamp AS BIGINT) ROWS UNBOUNDED PRECEDING),
    'none-' || own_id) END AS impression_id,
  CASE event_type WHEN 'click' THEN own_id END AS click_id,
  time_from_microseconds(event_timestamp) AS event_time,
  user_pseudo_id AS user_id,
  ad_source AS campaign_id,
  unit AS ad_id,
  coalesce(stream_id::VARCHAR, 'unknown') AS publisher_id,
  device_class(try_cast(device AS JSON) ->> 'category') AS device_type,
  country_code(try_cast(geo AS JSON) ->> 'country') AS country,
  CASE event_type WHEN 'impression' THEN micros_from_dollars(dollars) END AS cost_micros,
  source_row
FROM ad
