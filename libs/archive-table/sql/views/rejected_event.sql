-- One record per input record that is not a valid event. A rejected record is not part of any figure and does not
-- advance the clock of its shard.
-- Each result once, regardless of repeated deliveries. Generated: npx nx run archive-table:generate
SELECT
  record_id,
  schema_version,
  event_time,
  event_date,
  payload.source AS source,
  payload.reason AS reason,
  payload.raw AS raw,
  payload.raw_length AS raw_length
FROM (
  SELECT
    record_id,
    schema_version,
    event_time,
    event_date,
    rejected_event AS payload,
    ROW_NUMBER() OVER (PARTITION BY event_date, record_id ORDER BY schema_version DESC) AS delivery
  FROM results
  WHERE record_type = 'rejected_event'
) AS deliveries
WHERE delivery = 1
