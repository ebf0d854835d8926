-- One row per input record that is not a valid event.
CREATE TABLE rejected_record (
  source VARCHAR NOT NULL,
  ord BIGINT NOT NULL,
  shard VARCHAR NOT NULL,
  sequence VARCHAR,
  arrival_time BIGINT,     -- NULL when read from a file
  fields VARCHAR NOT NULL, -- names of the invalid fields, joined by ' or '; the reason must name one. Empty: the whole record
  raw VARCHAR NOT NULL,    -- base64 of its first bytes
  raw_length BIGINT NOT NULL
)
