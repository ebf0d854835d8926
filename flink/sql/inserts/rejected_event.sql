-- Which input records are not valid events, and why?
--
-- Grain:    one row per rejected record of an input stream.
-- Time:     the record's arrival in its stream, for its own time may be what is wrong; written at once, in no window.
-- Lateness: none: a rejected record moves no watermark and is not judged by one.
-- Inputs:   rejected_events.
-- Output:   rejected_event; named by its place in the stream, for it may have no readable id.
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
