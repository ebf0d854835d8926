-- Which input records are not valid events, and why?
--
-- Grain:    one row per rejected record of an input stream.
-- Time:     the record's arrival in its stream, because its own time may be invalid; written immediately, without a window.
-- Lateness: none: a rejected record does not change a watermark and cannot be late.
-- Inputs:   rejected_events.
-- Output:   rejected_event; its id is its position in the stream, because its own id may be unreadable.
-- State:    none.
INSERT INTO rejected_event
SELECT
  'rejected_event' AS record_type,
  CONCAT('rejected_event:', `stream`, ':', shard_id, ':', sequence_number) AS record_id,
  1 AS schema_version,
  FORMAT_TIME(arrival_time) AS event_time,
  ROW(
    source,
    reason,
    `raw`,
    raw_length
  ) AS rejected_event
FROM rejected_events
