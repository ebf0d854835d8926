-- Which events came too late to be counted, and by how much?
--
-- Grain:    one row per late record of an input stream.
-- Time:     the event's own; written at once, in no window.
-- Lateness: it is what this is about: behind the greatest event time of the same shard by more than
--           max.out.of.orderness.seconds, or behind windows that were closed while the shard was quiet.
-- Inputs:   late_events.
-- Output:   late_event; named by its place in the stream, for an event_id may come late and on time.
-- State:    none.
INSERT INTO late_event
SELECT
  'late_event' AS record_type,
  CONCAT('late_event:', `stream`, ':', shard_id, ':', sequence_number) AS record_id,
  1 AS schema_version,
  FORMAT_TIME(event_time) AS event_time,
  ROW(
    source,
    event_id,
    FORMAT_TIME(event_time),
    lateness_ms
  ) AS late_event
FROM late_events
