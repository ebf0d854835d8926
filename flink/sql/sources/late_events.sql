-- Events that came too late to be counted.
--
-- Grain: one row per late record, named by stream, shard and sequence number.
-- Time:  event_time, the event's own; no watermark, for nothing is windowed by it.
CREATE TEMPORARY TABLE late_events (
  source STRING,
  event_id STRING,
  event_time TIMESTAMP_LTZ(3),
  lateness_ms BIGINT,
  `stream` STRING,
  shard_id STRING,
  sequence_number STRING
) WITH (
  'connector' = 'event-pipeline',
  'stream' = 'late_event'
)
