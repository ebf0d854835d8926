-- One row per input record that is a valid event, of both streams. The optional fields of the contract are further columns.
CREATE TABLE event (
  source VARCHAR NOT NULL, -- impression or click
  ord BIGINT NOT NULL,     -- order of reading; within a shard it is the shard's order
  shard VARCHAR NOT NULL,
  sequence VARCHAR,        -- NULL when read from a file
  arrived BIGINT NOT NULL, -- arrival time in the stream, or the place in the file
  id VARCHAR NOT NULL,     -- the event's own: impression_id or click_id
  impression_id VARCHAR NOT NULL,
  t BIGINT NOT NULL,       -- event time
  user_id VARCHAR NOT NULL,
  campaign_id VARCHAR NOT NULL,
  ad_id VARCHAR NOT NULL,
  publisher_id VARCHAR NOT NULL
)
