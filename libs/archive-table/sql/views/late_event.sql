-- One record per late event. A late event is not part of any window or join.
-- Each result once, regardless of repeated deliveries. Generated: npx nx run archive-table:generate
SELECT
  record_id,
  schema_version,
  event_time,
  event_date,
  payload.source AS source,
  payload.event_id AS event_id,
  payload.lateness_ms AS lateness_ms
FROM (
  SELECT
    record_id,
    schema_version,
    event_time,
    event_date,
    late_event AS payload,
    ROW_NUMBER() OVER (PARTITION BY event_date, record_id ORDER BY schema_version DESC) AS delivery
  FROM results
  WHERE record_type = 'late_event'
) AS deliveries
WHERE delivery = 1
