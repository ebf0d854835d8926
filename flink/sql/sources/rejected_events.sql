-- Input records that are not valid events.
--
-- Grain: one row per rejected record, identified by stream, shard and sequence number.
-- Time:  arrival_time, when the record arrived in its stream, because its own time may be invalid. Without a watermark.
CREATE TEMPORARY TABLE rejected_events (
  source STRING,
  reason STRING,
  `raw` STRING,
  raw_length BIGINT,
  arrival_time TIMESTAMP_LTZ(3),
  `stream` STRING,
  shard_id STRING,
  sequence_number STRING
) WITH (
  'connector' = 'event-pipeline',
  'stream' = 'rejected_event'
)
