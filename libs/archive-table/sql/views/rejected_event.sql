-- One per input record that is not a valid event: it is in no figure and does not move the clock of its shard.
-- Each once, however often it was delivered. Generated: npx nx run archive-table:generate
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
