-- Events that arrived too late to be counted.
--
-- Grain: one row per late record, identified by stream, shard and sequence number.
-- Time:  event_time, that of the event; without a watermark, because no window uses it.
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
