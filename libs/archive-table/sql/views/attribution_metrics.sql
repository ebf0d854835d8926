-- One record per impression window and campaign, written once the attribution window has closed: the settled figures. A
-- click counts in the window of its impression.
-- Each result once, regardless of repeated deliveries. Generated: npx nx run archive-table:generate
SELECT
  record_id,
  schema_version,
  event_time,
  event_date,
  payload.campaign_id AS campaign_id,
  payload.window_start AS window_start,
  payload.window_end AS window_end,
  payload.impressions AS impressions,
  payload.attributed_clicks AS attributed_clicks,
  payload.valid_clicks AS valid_clicks,
  payload.ctr AS ctr,
  payload.valid_ctr AS valid_ctr,
  payload.cost_micros AS cost_micros
FROM (
  SELECT
    record_id,
    schema_version,
    event_time,
    event_date,
    attribution_metrics AS payload,
    ROW_NUMBER() OVER (PARTITION BY event_date, record_id ORDER BY schema_version DESC) AS delivery
  FROM results
  WHERE record_type = 'attribution_metrics'
) AS deliveries
WHERE delivery = 1
