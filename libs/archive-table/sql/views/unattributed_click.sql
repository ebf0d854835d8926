-- One record per distinct click_id without an impression within the attribution window, written once such an impression
-- can no longer arrive in time.
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
  payload.click_time AS click_time
FROM (
  SELECT
    record_id,
    schema_version,
    event_time,
    event_date,
    unattributed_click AS payload,
    ROW_NUMBER() OVER (PARTITION BY event_date, record_id ORDER BY schema_version DESC) AS delivery
  FROM results
  WHERE record_type = 'unattributed_click'
) AS deliveries
WHERE delivery = 1
