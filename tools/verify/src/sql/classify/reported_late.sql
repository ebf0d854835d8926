-- Which events does the job report as late?
-- Grain: one row per record_id of a late_event result.
SELECT record_id,
       any_value(payload->>'source') AS source,
       any_value(payload->>'event_id') AS id,
       epoch_ms(any_value(payload->>'event_time')::TIMESTAMP) AS t,
       any_value((payload->>'lateness_ms')::BIGINT) AS lateness_ms
FROM result
WHERE record_type = 'late_event'
GROUP BY record_id
