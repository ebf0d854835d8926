-- One record per distinct click_id whose impression (the same impression_id) happened at most one attribution window
-- before the click.
-- Each result once, regardless of repeated deliveries. Generated: npx nx run archive-table:generate
SELECT
  record_id,
  schema_version,
  event_time,
  event_date,
  payload.click_id AS click_id,
  payload.impression_id AS impression_id,
  payload.user_id AS user_id,
  payload.campaign_id AS campaign_id,
  payload.ad_id AS ad_id,
  payload.publisher_id AS publisher_id,
  payload.device_type AS device_type,
  payload.country AS country,
  payload.impression_time AS impression_time,
  payload.click_time AS click_time,
  payload.time_to_click_ms AS time_to_click_ms,
  payload.cost_micros AS cost_micros,
  payload.invalid_reasons AS invalid_reasons
FROM (
  SELECT
    record_id,
    schema_version,
    event_time,
    event_date,
    attributed_click AS payload,
    ROW_NUMBER() OVER (PARTITION BY event_date, record_id ORDER BY schema_version DESC) AS delivery
  FROM results
  WHERE record_type = 'attributed_click'
) AS deliveries
WHERE delivery = 1
