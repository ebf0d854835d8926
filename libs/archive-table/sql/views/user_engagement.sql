-- One record per user and sliding window, for windows in whose last slide the user had an accepted event.
-- Each result once, regardless of repeated deliveries. Generated: npx nx run archive-table:generate
SELECT
  record_id,
  schema_version,
  event_time,
  event_date,
  payload.user_id AS user_id,
  payload.window_start AS window_start,
  payload.window_end AS window_end,
  payload.impressions AS impressions,
  payload.clicks AS clicks,
  payload.distinct_campaigns AS distinct_campaigns,
  payload.score AS score
FROM (
  SELECT
    record_id,
    schema_version,
    event_time,
    event_date,
    user_engagement AS payload,
    ROW_NUMBER() OVER (PARTITION BY event_date, record_id ORDER BY schema_version DESC) AS delivery
  FROM results
  WHERE record_type = 'user_engagement'
) AS deliveries
WHERE delivery = 1
