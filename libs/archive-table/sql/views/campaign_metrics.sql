-- One record per window, dimension and key: real-time gross figures that do not wait for attribution. Impressions and
-- clicks each count by their own event time.
-- Each result once, regardless of repeated deliveries. Generated: npx nx run archive-table:generate
SELECT
  record_id,
  schema_version,
  event_time,
  event_date,
  payload.dimension AS dimension,
  payload.key AS key,
  payload.window_start AS window_start,
  payload.window_end AS window_end,
  payload.impressions AS impressions,
  payload.clicks AS clicks,
  payload.ctr AS ctr,
  payload.cost_micros AS cost_micros,
  payload.unique_users AS unique_users
FROM (
  SELECT
    record_id,
    schema_version,
    event_time,
    event_date,
    campaign_metrics AS payload,
    ROW_NUMBER() OVER (PARTITION BY event_date, record_id ORDER BY schema_version DESC) AS delivery
  FROM results
  WHERE record_type = 'campaign_metrics'
) AS deliveries
WHERE delivery = 1
