-- Which events arrived too late to be counted, and by how much?
--
-- Grain:    one row per late record of an input stream.
-- Time:     that of the event; written immediately, without a window.
-- Lateness: an event is late if it is behind the greatest event time of the same shard by more than
--           max.out.of.orderness.seconds, or behind windows that were closed while the shard was idle.
-- Inputs:   late_events.
-- Output:   late_event; its id is its position in the stream, because the same event id may be late once and on time once.
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
